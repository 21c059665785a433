import type { Backup } from '../../protocol/domain/backup.ts';

export interface DrillOrder {
  /** Names its folder and its processes, so that what a dead drill left can be found. */
  readonly drill: string;
  readonly backup: Backup;
  /** Whether the application is started on the copy, where the configuration says how. */
  readonly probe: boolean;
  /** Folder for the copy; absent: the scratch of the job. */
  readonly scratch?: string | undefined;
}
