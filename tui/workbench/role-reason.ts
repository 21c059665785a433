import type { Role } from '../../protocol/domain/role.ts';
import { leastRoleOf, mayRun } from '../commands/least-role.ts';
import type { State } from '../store/state.ts';
import { peopleTexts } from '../texts/texts.ts';

/** What may be done through this connection; nothing is kept from anybody before it is open. */
export function roleOf({ connection }: Pick<State, 'connection'>): Role {
  return connection.kind === 'open' ? connection.session.role : 'admin';
}

/** Why a command of the product leads nowhere here; undefined: it may be run. */
export function roleReason(command: string, state: Pick<State, 'connection'>): string | undefined {
  const role = roleOf(state);
  if (mayRun(role, command)) return undefined;
  return peopleTexts.needs(peopleTexts.roles[leastRoleOf(command)], peopleTexts.roles[role]);
}
