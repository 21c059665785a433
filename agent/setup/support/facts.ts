import type { Alarm } from '../../../protocol/domain/alarm.ts';
import type { DoctorFinding } from '../../../protocol/domain/doctor.ts';
import type { Job } from '../../../protocol/domain/job.ts';
import type { LogLine } from '../../../protocol/domain/snapshot.ts';
import type { ConfigProblem } from '../../../protocol/methods/config.ts';
import type { RunRecord } from '../../state/runs.ts';
import type { ServiceHistory } from '../../state/service-history.ts';
import type { DoctorFacts } from '../doctor/facts.ts';

/** All that a bundle is made of; whoever has it gathers it. */
export interface SupportFacts extends DoctorFacts {
  /** Of the daemon's side and of the client's. */
  readonly findings: readonly DoctorFinding[];
  readonly configText: string;
  readonly configProblems: readonly ConfigProblem[];
  readonly installation: string;
  /** Newest first. */
  readonly jobs: readonly Job[];
  /** The newest lines of a job, oldest first. */
  readonly jobLog: (job: number) => Promise<readonly LogLine[]>;
  /** Of the daemon since its start. */
  readonly log: readonly LogLine[];
  readonly runs: readonly RunRecord[];
  readonly alarms: readonly Alarm[];
  readonly health: Pick<ServiceHistory, 'services' | 'of'>;
}

/** Before secrets are taken out of it. */
export interface SupportFile {
  readonly name: string;
  /** What it is, for who reads the list before it is written. */
  readonly what: string;
  readonly text: string;
}
