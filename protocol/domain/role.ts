import * as z from 'zod';

/**
 * What somebody may do, by the socket through which they came. `viewer`: sees what goes on. `operator`: also backs
 * up, verifies, acknowledges and gets services going again. `admin`: everything.
 */
export const Role = z.enum(['viewer', 'operator', 'admin']);
export type Role = z.infer<typeof Role>;

/** Whether a role is at least the other one. */
export function reaches(role: Role, least: Role): boolean {
  return Role.options.indexOf(role) >= Role.options.indexOf(least);
}
