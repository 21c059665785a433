import * as z from 'zod';
import { isOwnName } from '../tree/own-names.ts';

/** Beside the files of the data folder, as pg_basebackup leaves it there. */
export const manifestName = 'backup_manifest';

/** Of Kedge's own folder in a data folder that is a mount point; what lies there is no part of the server. */
export function isKedges(path: string): boolean {
  return isOwnName(path.split('/')[0] ?? '');
}

/** Keys of `ServerFacts.settings` that are no settings of the server's own. */
export const own = {
  /** By which anybody gets into a server that runs on the folder. */
  superuser: 'kedge.superuser',
  /** Its archive_mode: "off", "on", "always". */
  archives: 'kedge.archives',
  /** Names of its replication slots, for the eye; absent: none. */
  slots: 'kedge.slots',
  /** Of the data folder, "0700" or "0750". */
  folderMode: 'kedge.folder-mode',
  /** What the server found in pages while it sent them; absent: nothing. */
  pageFailures: 'kedge.page-failures',
  /** Files of its configuration that lie elsewhere, a line each. */
  configFiles: 'kedge.config-files',
} as const;

/** With others the log could not be read, or something would be thrown away. */
export const keptSettings = [
  'max_connections',
  'max_worker_processes',
  'max_wal_senders',
  'max_prepared_transactions',
  'max_locks_per_transaction',
  'track_commit_timestamp',
  'wal_level',
  'wal_log_hints',
] as const;

const Facts = z.object({ settings: z.record(z.string(), z.string()) });

/** What facts, still to be decoded, say of them. */
export function pageFailuresIn(facts: unknown): string | undefined {
  return Facts.parse(facts).settings[own.pageFailures];
}
