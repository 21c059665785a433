import * as z from 'zod';
import { Job, Throughput } from '../domain/job.ts';
import { LogLine } from '../domain/snapshot.ts';
import { mutating, reading } from '../method.ts';
import { JobStarted, requestId } from './backup.ts';
import { WayClear } from './service.ts';

/** Newest first. */
export const jobList = reading(
  'job.list',
  'viewer',
  z.object({ offset: z.int().min(0), limit: z.int().min(1).max(1000) }),
  z.object({ total: z.number(), jobs: z.array(Job).readonly() }),
);
export const jobShow = reading(
  'job.show',
  'viewer',
  z.object({ job: z.number() }),
  /** `throughput`: of the last jobs since Kedge started. */
  z.object({ job: Job, throughput: Throughput.optional() }),
);
export const jobCancel = mutating(
  'job.cancel',
  'operator',
  z.object({ requestId, job: z.number() }),
  z.object({ job: Job }),
);
/** Starts a failed or cancelled job again with the same order. `clear`: of a reset, as where it is asked for anew. */
export const jobRetry = mutating(
  'job.retry',
  'operator',
  z.object({ requestId, job: z.number(), clear: WayClear.optional() }),
  JobStarted,
);
export const jobLog = reading(
  'job.log',
  'viewer',
  z.object({ job: z.number(), lines: z.int().min(1).max(5000) }),
  z.object({ lines: z.array(LogLine).readonly() }),
);
