import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isClosed, serviceState } from './doctor/unreachable.ts';
import { serviceSocket, userPlace } from './places.ts';

/** What there is of Kedge on this machine while none answers. */
export type Standing =
  /** A unit that does not run; `state` as systemd calls it. */
  | { readonly kind: 'unit'; readonly state: string }
  /** It may run, and this user may not ask it. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'configured'; readonly path: string }
  | { readonly kind: 'nothing' };

type Environment = Readonly<Record<string, string | undefined>>;

export async function readStanding(
  environment: Environment,
  signal: AbortSignal,
): Promise<Standing> {
  const home = environment['KEDGE_HOME'];
  const own = userConfig(environment);
  if (home === undefined || home === '') {
    if (await isClosed(serviceSocket)) return { kind: 'closed' };
    const unit = await serviceState(signal);
    if (unit !== undefined) return { kind: 'unit', state: unit };
  } else if (await isClosed(userPlace(environment).socket)) return { kind: 'closed' };
  return existsSync(own) ? { kind: 'configured', path: own } : { kind: 'nothing' };
}

/** As the daemon has it. */
function userConfig(environment: Environment): string {
  const home = environment['KEDGE_HOME'];
  if (home !== undefined && home !== '') return join(home, 'kedge.jsonc');
  // Empty is as if it were not set.
  const config = environment['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(config, 'kedge', 'kedge.jsonc');
}
