import * as z from 'zod';
import { ResetReport } from '../../protocol/domain/service.ts';

/** Persisted before each step of a reset, so that a death in the middle leaves nothing stopped that ran. */
export const ResetRecord = z.object({
  /** To be running at the end, in the order of starting: what was active before, and what was asked for. */
  start: z.array(z.string()).readonly(),
  /** The step about to be taken: "stopping host"; undefined once all is through. */
  at: z.string().optional(),
  /** Asked to stop, and perhaps not down yet: it must be before it may be started. */
  stopping: z.string().optional(),
  /** All services are through and Kedge is about to restart itself: the end of the job, but for that. */
  report: ResetReport.optional(),
});
export type ResetRecord = z.infer<typeof ResetRecord>;
