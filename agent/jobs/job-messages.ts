import * as z from 'zod';
import { JobResult, Progress } from '../../protocol/domain/job.ts';
import { ResetProblem } from '../../protocol/domain/reset.ts';
import { Secrets } from '../../protocol/domain/secrets.ts';
import { ResetStep, Service } from '../../protocol/domain/service.ts';
import { Failure } from '../../protocol/failures.ts';
import { MadeCopy } from '../backup/copies/copy-order.ts';
import { Config } from '../config/config.ts';
import { JobOrder } from './job-order.ts';

export const JobStart = z.object({
  kind: z.literal('start'),
  job: z.number(),
  order: JobOrder,
  config: Config,
  configText: z.string(),
  stateFolder: z.string(),
  installation: z.string(),
  zone: z.string(),
  /** Archive bytes for each content byte of the last full, for the space that the next one needs. */
  lastRatio: z.number().optional(),
  /** Not part of the order, which is kept. */
  secrets: Secrets.optional(),
});
export type JobStart = z.infer<typeof JobStart>;

/** From the daemon to a job. `answer` replies to an `ask` of the same id, `copy-answer` to `copied` and `let-go`. */
export const ToJob = z.discriminatedUnion('kind', [
  JobStart,
  z.object({ kind: z.literal('cancel') }),
  z.object({
    kind: z.literal('answer'),
    id: z.number(),
    reply: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('ok') }),
      z.object({ kind: z.literal('problems'), problems: z.array(ResetProblem).readonly() }),
      z.object({ kind: z.literal('services'), services: z.array(Service).readonly() }),
      z.object({ kind: z.literal('failure'), failure: Failure }),
    ]),
  }),
  z.object({
    kind: z.literal('copy-answer'),
    id: z.number(),
    /** Why it stays. */
    why: z.string().optional(),
    failure: Failure.optional(),
  }),
]);
export type ToJob = z.infer<typeof ToJob>;

/** From a job to the daemon. Services are asked for, as they must not be children of a niced job. */
export const FromJob = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), progress: Progress }),
  z.object({
    kind: z.literal('log'),
    level: z.enum(['info', 'warning', 'error']),
    text: z.string(),
  }),
  z.object({ kind: z.literal('reset-steps'), steps: z.array(ResetStep).readonly() }),
  z.object({
    kind: z.literal('ask'),
    id: z.number(),
    call: z.enum(['status', 'stop', 'start', 'preflight', 'restart-kedge']),
    service: z.string(),
    /** Of a preflight. */
    services: z.array(z.string()).readonly().optional(),
  }),
  z.object({ kind: z.literal('copied'), id: z.number(), made: MadeCopy }),
  z.object({
    kind: z.literal('let-go'),
    id: z.number(),
    backup: z.string(),
    near: z.string(),
    far: z.string(),
  }),
  z.object({ kind: z.literal('done'), result: JobResult }),
  z.object({ kind: z.literal('failed'), failure: Failure }),
]);
export type FromJob = z.infer<typeof FromJob>;
