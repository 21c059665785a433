import * as z from 'zod';

/** Persisted before each step of a reset, so that a death in the middle leaves nothing stopped that ran. */
export const ResetRecord = z.object({
  /** To be running at the end, in the order of starting: what was active before, and what was asked for. */
  start: z.array(z.string()).readonly(),
  /** The step about to be taken: "stopping host"; undefined once all is through. */
  at: z.string().optional(),
});
export type ResetRecord = z.infer<typeof ResetRecord>;
