import * as z from 'zod';

/** What a finding is about, in the order in which they are shown. */
export const DoctorArea = z.enum([
  'kedge',
  'configuration',
  'permissions',
  'services',
  'backups',
  'schedules',
  'destinations',
  'space',
  'keys',
  'alarms',
  'clock',
  'tools',
  'versions',
  'terminal',
]);
export type DoctorArea = z.infer<typeof DoctorArea>;

/** `advice`: it works, and would be better otherwise. `bad`: it does not work, or will not when it is needed. */
export const DoctorTone = z.enum(['ok', 'advice', 'bad']);
export type DoctorTone = z.infer<typeof DoctorTone>;

/** One thing that was looked at. */
export const DoctorFinding = z.object({
  area: DoctorArea,
  tone: DoctorTone,
  /** Which: `source "database"`, a path, a program. */
  thing: z.string(),
  /** What is found. */
  text: z.string(),
  /** Why it matters. */
  why: z.string().optional(),
  /** What to do, in words. */
  cure: z.string().optional(),
  /** The command that does it, ready for a shell. */
  command: z.string().optional(),
});
export type DoctorFinding = z.infer<typeof DoctorFinding>;
