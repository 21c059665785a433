import * as z from 'zod';
import { Alarm } from './alarm.ts';
import { Backup } from './backup.ts';
import { Job } from './job.ts';
import { Person } from './person.ts';
import { Undo } from './restore.ts';
import { MovedInstallation } from './retention.ts';
import { Schedule } from './schedule.ts';
import { Service } from './service.ts';

export const Store = z.object({
  id: z.string(),
  kind: z.string(),
  path: z.string(),
  /** `away`: a removable one that is not plugged in, which is no fault. */
  state: z.enum(['online', 'offline', 'away']),
  why: z.string().optional(),
  /** A drive that comes and goes. */
  removable: z.literal(true).optional(),
  /** What is written on it. */
  label: z.string().optional(),
  lastSeenMs: z.number().optional(),
  freeBytes: z.number().optional(),
  totalBytes: z.number().optional(),
  backups: z.number(),
  bytes: z.number(),
});
export type Store = z.infer<typeof Store>;

export const Problem = z.object({
  id: z.string(),
  severity: z.enum(['error', 'warning']),
  sinceMs: z.number(),
  /** What failed, on which thing. */
  text: z.string(),
  /** Where: a file with line, a service, a store. */
  place: z.string().optional(),
  hint: z.string().optional(),
  /** The clients of this service's database are shut out on purpose: what needs it is ill because of that. */
  shutOut: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

export const LogLine = z.object({
  atMs: z.number(),
  level: z.enum(['info', 'warning', 'error']),
  text: z.string(),
  job: z.number().optional(),
});
export type LogLine = z.infer<typeof LogLine>;

export const Source = z.object({ id: z.string(), engine: z.string(), path: z.string() });
export type Source = z.infer<typeof Source>;

/** Everything a client shows except pages of backups. One read after open, and after any gap in notices. */
export const Snapshot = z.object({
  /** Of the last notice included. */
  seq: z.number(),
  nowMs: z.number(),
  application: z
    .object({
      id: z.string(),
      name: z.string(),
      version: z.string().optional(),
      contact: z.string().optional(),
    })
    .optional(),
  demo: z.object({ home: z.string(), url: z.string() }).optional(),
  configPath: z.string(),
  configRevision: z.string(),
  sources: z.array(Source).readonly(),
  stores: z.array(Store).readonly(),
  services: z.array(Service).readonly(),
  schedules: z.array(Schedule).readonly(),
  /** Running and queued, then the newest finished ones; at most 200. */
  jobs: z.array(Job).readonly(),
  undos: z.array(Undo).readonly(),
  problems: z.array(Problem).readonly(),
  /** Open and acknowledged ones; absent: none. */
  alarms: z.array(Alarm).readonly().optional(),
  /** To be answered before anything is deleted. */
  moved: MovedInstallation.optional(),
  /** Of the last seven days, newest first. */
  checkpoints: z.array(Backup).readonly().optional(),
  /** The one whose drill passed last. */
  lastProven: Backup.optional(),
  backupCount: z.number(),
  /** Who has the interface open; absent: nobody. */
  people: z.array(Person).readonly().optional(),
  /** What recovery did at the last start, shown first thing. */
  recovered: z.array(z.string()).readonly(),
});
export type Snapshot = z.infer<typeof Snapshot>;
