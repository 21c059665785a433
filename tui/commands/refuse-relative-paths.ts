import { KedgeError } from '../../protocol/failures.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import type { Argument, Arguments, Command } from './command.ts';
import { listOf } from './read-arguments.ts';

/** Paths of these lie on this machine, also where Kedge is on another one. */
const hereToo: ReadonlySet<string> = new Set([
  'backup.download to',
  'backup.upload file',
  'support out',
  'config.check file',
]);

/** A path on a server that begins in a folder of this machine would mean something else there. */
export function refuseRelativePaths(command: Command, args: Arguments): void {
  for (const argument of command.args) {
    if (hereToo.has(`${command.id} ${argument.name}`)) continue;
    const relative = listOf(args, argument.name).find((text) => isRelative(text, argument));
    if (relative !== undefined)
      throw new KedgeError('bad-argument', { what: `"${relative}"`, problem: cliTexts.wholePath });
  }
}

/** A backup or a destination may also be called by a name, which has no slash. */
function isRelative(text: string, { kind }: Argument): boolean {
  if (text.startsWith('/')) return false;
  if (kind === 'path') return true;
  if (kind !== 'backup' && kind !== 'store') return false;
  return text.includes('/') || text.startsWith('~') || /\.zst(\.age)?$/.test(text);
}
