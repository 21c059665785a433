import { type Role, reaches } from '../../protocol/domain/role.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { Method } from '../../protocol/method.ts';

/** A socket that Kedge listens on, and what those may do who come through it. */
export interface Door {
  readonly path: string;
  readonly role: Role;
  /** Who may open it besides Kedge's own user. */
  readonly gid?: number;
}

/** Who calls. Sure are socket and role; the rest is what their program says. */
export interface Asker {
  readonly socket: string;
  readonly role: Role;
  readonly client?: string;
  readonly claimedUser?: string;
  readonly tty?: string;
}

export function mayCall(role: Role, { least }: Pick<Method<never, never>, 'least'>): boolean {
  return reaches(role, least);
}

/** Fails with forbidden where the role is less; `what` is what was asked for. */
export function demandRole({ role }: Pick<Asker, 'role'>, needed: Role, what: string): void {
  if (!reaches(role, needed)) throw new KedgeError('forbidden', { needed, role, what });
}
