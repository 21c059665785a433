import type { AlarmRoute } from '../../../protocol/domain/alarm.ts';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { DoctorFinding } from '../../../protocol/domain/doctor.ts';
import type { Schedule } from '../../../protocol/domain/schedule.ts';
import type { Service } from '../../../protocol/domain/service.ts';
import type { Problem, Store } from '../../../protocol/domain/snapshot.ts';
import type { SpacePlace } from '../../../protocol/domain/space.ts';
import type { KeyStatus } from '../../../protocol/methods/key.ts';
import type { Config } from '../../config/config.ts';
import type { Places } from '../../os/places.ts';

/** What the daemon knows already; whoever has it gathers it. What it does not know the checks look at themselves. */
export interface DoctorFacts {
  readonly nowMs: number;
  readonly kedgeVersion: string;
  readonly places: Places;
  /** In force; absent: there is none. */
  readonly config: Config | undefined;
  readonly problems: readonly Problem[];
  readonly stores: readonly Store[];
  readonly services: readonly Service[];
  readonly schedules: readonly Schedule[];
  readonly backups: readonly Backup[];
  readonly space: readonly SpacePlace[];
  readonly routes: readonly AlarmRoute[];
  readonly key: KeyStatus;
}

/** Looks at one thing and says what it finds, good or bad. What it throws becomes a finding too. */
export type DoctorCheck = (
  facts: DoctorFacts,
  signal: AbortSignal,
) => Promise<readonly DoctorFinding[]> | readonly DoctorFinding[];
