import type { BackupOrigin } from '../../protocol/domain/backup.ts';
import type { Destination } from '../../protocol/methods/backup.ts';
import type { NewLock } from '../keys/lock-for.ts';

/** All that a backup needs to know beyond the configuration. */
export interface BackupOrder {
  readonly backupId: string;
  /** Asked for as a differential; absent: a full. */
  readonly differential?: DifferentialOrder | undefined;
  readonly origin: BackupOrigin;
  readonly schedule?: string | undefined;
  /** What the user called it; absent: named after the application and the time. */
  readonly name?: string | undefined;
  readonly destination: Destination;
  /** Absent: it is not encrypted. */
  readonly locked?: NewLock | undefined;
  /** Where the indexes of fulls are kept that no key here opens afterwards. */
  readonly indexFolder?: string | undefined;
  readonly installation: string;
  /** Goes into the archive, so that a machine that lost everything can be set up from it. */
  readonly configText: string;
  readonly zone: string;
  readonly nowMs: number;
  /** Archive bytes by content byte of the last full, where there was one. */
  readonly lastRatio?: number | undefined;
}

/** The full to take it against, or why a full is to be taken instead. */
export type DifferentialOrder =
  | { readonly base: { readonly id: string; readonly path: string } }
  | { readonly whyFull: string };
