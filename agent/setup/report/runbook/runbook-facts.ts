import type { Backup } from '../../../../protocol/domain/backup.ts';
import type { Schedule } from '../../../../protocol/domain/schedule.ts';
import type { Store } from '../../../../protocol/domain/snapshot.ts';
import type { KeyStatus } from '../../../../protocol/methods/key.ts';
import type { Config } from '../../../config/config.ts';

/** All that the runbook is made of; whoever has it gathers it. */
export interface RunbookFacts {
  readonly config: Config;
  readonly configPath: string;
  readonly host: string;
  readonly nowMs: number;
  readonly kedgeVersion: string;
  readonly stores: readonly Store[];
  readonly schedules: readonly Schedule[];
  readonly key: KeyStatus;
  /** Where this server's own key lies. */
  readonly identityPath: string;
  /** Of this application, good and there: the newest full, and the newest differential if that is newer. */
  readonly newestFull?: Backup | undefined;
  readonly newestDifferential?: Backup | undefined;
  readonly lastProven?: Backup | undefined;
  readonly lastVerifiedMs?: number | undefined;
}
