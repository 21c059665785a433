import { giveAway } from '../../os/make-owned-file.ts';

/** A server refuses to run as root. */
const nobody = 65_534;
const isRoot = (): boolean => process.geteuid?.() === 0;

/** The same command as a user of no privileges, where Kedge's own is root; folders above it may be closed to that one. */
export function asServerUser(argv: readonly string[]): readonly string[] {
  if (!isRoot()) return argv;
  const user = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
  const through = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search'];
  return ['/usr/bin/setpriv', ...user, ...through, '--', ...argv];
}

/** A folder that the server writes to. */
export function giveToServer(folder: string): void {
  if (isRoot()) giveAway(folder, { uid: nobody, gid: nobody });
}
