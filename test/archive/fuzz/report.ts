import * as z from 'zod';

/** What one process has tried. */
export const FuzzReport = z.object({
  cases: z.number(),
  /** How often each act ended how. */
  endings: z.record(z.string(), z.number()),
  /** Number of the case and what went wrong. */
  faults: z.array(z.string()),
  peakMebibytes: z.number(),
});
export type FuzzReport = z.infer<typeof FuzzReport>;
