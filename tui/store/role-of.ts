import { type Role, reaches } from '../../protocol/domain/role.ts';
import type { Method } from '../../protocol/method.ts';
import type { State } from './state.ts';

/** What may be done through this connection; nothing is kept from anybody before it is open. */
export function roleOf({ connection }: Pick<State, 'connection'>): Role {
  return connection.kind === 'open' ? connection.session.role : 'admin';
}

/** Whether a method answers here: one that would be refused need not be asked, which Kedge would write down. */
export function mayAsk(
  state: Pick<State, 'connection'>,
  { least }: Pick<Method<never, never>, 'least'>,
): boolean {
  return reaches(roleOf(state), least);
}
