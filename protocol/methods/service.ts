import * as z from 'zod';
import { ResetAnswer, ResetProblem, ResetTrigger } from '../domain/reset.ts';
import { ResetStep, Service, ServiceHistory, ServiceRole } from '../domain/service.ts';
import { ServiceClient } from '../domain/service-client.ts';
import { mutating, reading } from '../method.ts';
import { JobStarted, requestId } from './backup.ts';

export const serviceList = reading(
  'service.list',
  'viewer',
  z.object({}),
  z.object({ services: z.array(Service).readonly() }),
);
/** What becomes of the job that is at work: none waits in the queue that nobody said so of. */
export const WayClear = z.object({
  by: z.enum(['cancel', 'wait']),
  /** The one that the person was told of; another one is told of first. Absent: whichever it is. */
  job: z.int().optional(),
});
export type WayClear = z.infer<typeof WayClear>;
const one = z.object({
  requestId,
  service: z.string(),
  /** Absent: refused while a job is at work. */
  clear: WayClear.optional(),
});
const answered = z.object({
  service: Service,
  /** Of a start: what it needs and was down, started before it. */
  first: z.array(z.string()).readonly().optional(),
});
export const serviceStart = mutating('service.start', 'operator', one, answered);
export const serviceStop = mutating('service.stop', 'operator', one, answered);
export const serviceRestart = mutating('service.restart', 'operator', one, answered);
/** Which services: absent all. With several of these, what each of them names. */
const chosen = {
  services: z.array(z.string()).readonly().optional(),
  role: ServiceRole.optional(),
  /** Those that are failed, ill or flapping, and those that the newest reset left down: "retry from host". */
  sick: z.boolean().optional(),
  /** Kedge itself too, last; alone where nothing else is chosen and `services` is empty. */
  kedge: z.boolean().optional(),
};
/** What a reset would do. Nothing is touched by asking. */
export const serviceResetPlan = reading(
  'service.reset-plan',
  'operator',
  z.object(chosen),
  z.object({
    steps: z.array(ResetStep).readonly(),
    /** The newest failed job, offered for a retry after the reset. */
    retry: z.object({ job: z.number(), title: z.string() }).optional(),
    /** Those that refuse first. */
    problems: z.array(ResetProblem).readonly().optional(),
    /** Sockets and timers that are stopped with the services and started with them. */
    triggers: z.array(ResetTrigger).readonly().optional(),
    /** Connected to what is stopped; they lose their connections. */
    clients: z.array(ServiceClient).readonly().optional(),
    /** By what such steps took the last time, else by what the configuration says. */
    estimatedMs: z.number().optional(),
    /** Kedge restarts itself at the end; the job goes on under its number. */
    kedgeLast: z.boolean().optional(),
  }),
);
export const serviceReset = mutating(
  'service.reset',
  'operator',
  z.object({
    requestId,
    ...chosen,
    /** Queue what failed before again, once everything is healthy. */
    retryFailed: z.boolean().optional(),
    /** False: nobody is there to be asked, a stop that takes too long is given up. Absent: whether a person is connected. */
    attended: z.boolean().optional(),
    /** Absent: refused while a job is at work. */
    clear: WayClear.optional(),
  }),
  JobStarted,
);
/** Answers the question that a reset asks. `typed`: the name that a kill of a database wants. */
export const serviceAnswerReset = mutating(
  'service.answer-reset',
  'operator',
  z.object({
    requestId,
    job: z.number(),
    question: z.number(),
    answer: ResetAnswer,
    typed: z.string().optional(),
  }),
  z.object({}),
);
export const serviceLogs = reading(
  'service.logs',
  'operator',
  z.object({ service: z.string(), lines: z.int().min(1).max(2000) }),
  z.object({ lines: z.array(z.string()).readonly() }),
);
/**
 * What it writes, as it writes it. Without `cursor` the last lines, at once; with the one of the answer before, the
 * lines after it, oldest first, as soon as there are some, and none after some seconds. `gap`: lines in between are
 * lost or were left out, as more came than can be read. Cursors outlive a restart of Kedge.
 */
export const serviceFollowLog = reading(
  'service.follow-log',
  'operator',
  z.object({
    service: z.string(),
    lines: z.int().min(1).max(2000),
    cursor: z.string().max(1000).optional(),
  }),
  z.object({ lines: z.array(z.string()).readonly(), cursor: z.string(), gap: z.boolean() }),
);
/** The last seven days; `service` absent: all. `buckets`: parts of them, 48 where it is not given. */
export const serviceHistory = reading(
  'service.history',
  'viewer',
  z.object({ service: z.string().optional(), buckets: z.int().min(1).max(336).optional() }),
  z.object({
    fromMs: z.number(),
    toMs: z.number(),
    services: z.array(ServiceHistory).readonly(),
  }),
);
