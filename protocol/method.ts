import type * as z from 'zod';
import type { Role } from './domain/role.ts';

/** One request as a typed constant: its name on the wire, who may ask it and the shape of both sides. */
export interface Method<P extends z.ZodType, R extends z.ZodType> {
  readonly name: string;
  /** The least that one must be to call it. */
  readonly least: Role;
  readonly params: P;
  readonly result: R;
  /** Changes something: carries `requestId`, is recorded before it acts and answered from the record for 24 h. */
  readonly mutating: boolean;
}

export function reading<P extends z.ZodType, R extends z.ZodType>(
  name: string,
  least: Role,
  params: P,
  result: R,
): Method<P, R> {
  return { name, least, params, result, mutating: false };
}

export function mutating<P extends z.ZodType, R extends z.ZodType>(
  name: string,
  least: Role,
  params: P,
  result: R,
): Method<P, R> {
  return { name, least, params, result, mutating: true };
}
