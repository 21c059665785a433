import type * as z from 'zod';

/** One request as a typed constant: its name on the wire and the shape of both sides. */
export interface Method<P extends z.ZodType, R extends z.ZodType> {
  readonly name: string;
  readonly params: P;
  readonly result: R;
  /** Changes something: carries `requestId`, is recorded before it acts and answered from the record for 24 h. */
  readonly mutating: boolean;
}

export function reading<P extends z.ZodType, R extends z.ZodType>(
  name: string,
  params: P,
  result: R,
): Method<P, R> {
  return { name, params, result, mutating: false };
}

export function mutating<P extends z.ZodType, R extends z.ZodType>(
  name: string,
  params: P,
  result: R,
): Method<P, R> {
  return { name, params, result, mutating: true };
}
