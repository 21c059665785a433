import type { Job } from '../../protocol/domain/job.ts';
import type { LogLine } from '../../protocol/domain/snapshot.ts';
import type { CopyDesk } from '../backup/copies/copy-order.ts';
import type { ResetControl } from '../services/reset-control.ts';
import type { JobRecords } from '../state/job-records.ts';
import type { JobLogs } from './job-log.ts';
import type { JobOrder } from './job-order.ts';
import type { StartFacts } from './job-start.ts';

export interface JobsOptions extends StartFacts {
  readonly records: JobRecords;
  readonly logs: JobLogs;
  readonly services: Omit<ResetControl, 'settings'>;
  /** Asks for a restart of this daemon; returns when it is under way. */
  readonly restartKedge: () => Promise<void>;
  /** What it does for a job that copies. */
  readonly copies: (job: number) => CopyDesk;
  readonly now: () => number;
  /** Somebody is there who may answer a question. */
  readonly isAttended: () => boolean;
  readonly onChange: (job: Job) => void;
  readonly onLog: (line: LogLine) => void;
  /** It died: removes what it left, before its end is told. Does not throw. */
  readonly onCrash: (job: Job, order: JobOrder) => Promise<void>;
  /** The job has ended and its record says how. `crashed`: it did not say so itself. */
  readonly onEnd: (job: Job, order: JobOrder, crashed: boolean) => Promise<void>;
  /** Why a job may not start now; undefined: it may. */
  readonly refusal: (order: JobOrder) => string | undefined;
}
