import * as z from 'zod';
import { Failure } from '../failures.ts';
import { ServiceClient } from './service-client.ts';

/** Found before anything is stopped. One that refuses keeps the reset from starting. */
export const ResetProblem = z.object({
  /** Absent: of the reset as a whole. */
  service: z.string().optional(),
  weight: z.enum(['refuses', 'warns']),
  failure: Failure,
});
export type ResetProblem = z.infer<typeof ResetProblem>;

/** A socket or timer that would start a service again: it is stopped with it, and started with it. */
export const ResetTrigger = z.object({ service: z.string(), unit: z.string() });
export type ResetTrigger = z.infer<typeof ResetTrigger>;

/**
 * `wait`: as long again. `disconnect`: a database ends its clients and stops cleanly. `kill`: ends it without asking.
 * `abort`: what was stopped is started again.
 */
export const ResetAnswer = z.enum(['wait', 'disconnect', 'kill', 'abort']);
export type ResetAnswer = z.infer<typeof ResetAnswer>;

/** A service did not stop in time. While this is open it is still waited for; it goes when the service is down. */
export const ResetQuestion = z.object({
  id: z.number(),
  service: z.string(),
  /** So long it has been asked to stop. */
  seconds: z.number(),
  pid: z.number().optional(),
  askedAtMs: z.number(),
  /** Then it is taken for answered with "abort". */
  untilMs: z.number(),
  answers: z.array(ResetAnswer).readonly(),
  /** To be typed for a kill: the name of a database. */
  confirmKill: z.string().optional(),
  clients: z.array(ServiceClient).readonly().optional(),
});
export type ResetQuestion = z.infer<typeof ResetQuestion>;
