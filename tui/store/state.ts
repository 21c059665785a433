import type { Backup } from '../../protocol/domain/backup.ts';
import type { Snapshot } from '../../protocol/domain/snapshot.ts';
import type { Failure } from '../../protocol/failures.ts';
import type { ConnectionState } from '../client/client.ts';
import { emptyLog, type LogRing } from './log-ring.ts';

/** The pages of backups read so far, newest first. `wanted` 0: nobody asked for any yet. */
export interface BackupPages {
  readonly total: number;
  readonly items: readonly Backup[];
  /** The newest of all, whatever is filtered. */
  readonly newest: readonly Backup[];
  readonly wanted: number;
  readonly filter: string;
  readonly loading: boolean;
  /** Why the last reading of them failed. */
  readonly failure?: Failure;
}

/** A command line that was run here, newest last. */
export interface CommandLogLine {
  readonly atMs: number;
  readonly text: string;
}

/** Everything that is shown, immutable. All texts in it are sanitised. */
export interface State {
  readonly connection: ConnectionState;
  /** The machine that Kedge is on, as a person calls it; absent: this one. */
  readonly server?: string;
  readonly snapshot?: Snapshot;
  readonly backups: BackupPages;
  /** The daemon's log, oldest first, at most 2,000 lines. */
  readonly log: LogRing;
  readonly commandLog: readonly CommandLogLine[];
}

export const emptyState: State = {
  connection: { kind: 'connecting' },
  backups: { total: 0, items: [], newest: [], wanted: 0, filter: '', loading: false },
  log: emptyLog,
  commandLog: [],
};
