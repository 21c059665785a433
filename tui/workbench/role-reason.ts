import { leastRoleOf, mayRun } from '../commands/least-role.ts';
import { roleOf } from '../store/role-of.ts';
import type { State } from '../store/state.ts';
import { peopleTexts } from '../texts/texts.ts';

/** Why a command of the product leads nowhere here; undefined: it may be run. */
export function roleReason(command: string, state: Pick<State, 'connection'>): string | undefined {
  const role = roleOf(state);
  if (mayRun(role, command)) return undefined;
  return peopleTexts.needs(peopleTexts.roles[leastRoleOf(command)], peopleTexts.roles[role]);
}
