import * as z from 'zod';
import { Alarm } from './domain/alarm.ts';
import { Backup } from './domain/backup.ts';
import { Job } from './domain/job.ts';
import { Person } from './domain/person.ts';
import { Undo } from './domain/restore.ts';
import { Schedule } from './domain/schedule.ts';
import { Service } from './domain/service.ts';
import { LogLine, Problem, Store } from './domain/snapshot.ts';

/** The one notification: what changed. A gap in `seq`, or another epoch, means: read the snapshot again. */
export const noticeMethod = 'kedge.changed';

export const Change = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('job'), job: Job }),
  z.object({ topic: z.literal('services'), services: z.array(Service).readonly() }),
  z.object({ topic: z.literal('schedules'), schedules: z.array(Schedule).readonly() }),
  z.object({ topic: z.literal('stores'), stores: z.array(Store).readonly() }),
  z.object({ topic: z.literal('problems'), problems: z.array(Problem).readonly() }),
  z.object({ topic: z.literal('alarms'), alarms: z.array(Alarm).readonly() }),
  z.object({ topic: z.literal('undos'), undos: z.array(Undo).readonly() }),
  /** The list of backups changed: pages on screen are read again. */
  z.object({ topic: z.literal('backups'), total: z.number() }),
  z.object({
    topic: z.literal('checkpoints'),
    checkpoints: z.array(Backup).readonly(),
    lastProven: Backup.optional(),
  }),
  /** Application, sources or revision changed: read the snapshot again. */
  z.object({ topic: z.literal('config'), revision: z.string() }),
  /** Who has the interface open. */
  z.object({ topic: z.literal('people'), people: z.array(Person).readonly() }),
  z.object({ topic: z.literal('log'), line: LogLine }),
]);
export type Change = z.infer<typeof Change>;

export const Notice = z.object({ epoch: z.string(), seq: z.number(), change: Change });
export type Notice = z.infer<typeof Notice>;
