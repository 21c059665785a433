import * as z from 'zod';
import { ResetStep, Service, ServiceHistory } from '../domain/service.ts';
import { mutating, reading } from '../method.ts';
import { JobStarted, requestId } from './backup.ts';

export const serviceList = reading(
  'service.list',
  z.object({}),
  z.object({ services: z.array(Service).readonly() }),
);
const one = z.object({ requestId, service: z.string() });
const answered = z.object({ service: Service });
export const serviceStart = mutating('service.start', one, answered);
export const serviceStop = mutating('service.stop', one, answered);
export const serviceRestart = mutating('service.restart', one, answered);
/** The order in which a reset would act; `services` absent: all. */
export const serviceResetPlan = reading(
  'service.reset-plan',
  z.object({ services: z.array(z.string()).readonly().optional() }),
  z.object({
    steps: z.array(ResetStep).readonly(),
    /** The newest failed job, offered for a retry after the reset. */
    retry: z.object({ job: z.number(), title: z.string() }).optional(),
  }),
);
export const serviceReset = mutating(
  'service.reset',
  z.object({
    requestId,
    services: z.array(z.string()).readonly().optional(),
    /** Queue what failed before again, once everything is healthy. */
    retryFailed: z.boolean().optional(),
  }),
  JobStarted,
);
export const serviceLogs = reading(
  'service.logs',
  z.object({ service: z.string(), lines: z.int().min(1).max(2000) }),
  z.object({ lines: z.array(z.string()).readonly() }),
);
/** The last seven days; `service` absent: all. `buckets`: parts of them, 48 where it is not given. */
export const serviceHistory = reading(
  'service.history',
  z.object({ service: z.string().optional(), buckets: z.int().min(1).max(336).optional() }),
  z.object({
    fromMs: z.number(),
    toMs: z.number(),
    services: z.array(ServiceHistory).readonly(),
  }),
);
