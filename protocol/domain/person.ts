import * as z from 'zod';
import { Role } from './role.ts';

/** Somebody who has the interface open. Name and terminal are what their program says of them. */
export const Person = z.object({
  /** Number of the session, by which one tells oneself from others. */
  session: z.int(),
  user: z.string().optional(),
  tty: z.string().optional(),
  role: Role,
  /** Name of the screen in front: "restore". */
  view: z.string(),
  sinceMs: z.number(),
});
export type Person = z.infer<typeof Person>;
