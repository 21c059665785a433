import Database from 'better-sqlite3';
import { runConsolidate } from '../../agent/backup/consolidate.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { SmallClinic } from '../backup/small-clinic.ts';
import { recordedWork } from './recorded-work.ts';

export const against = ({ id, path }: Backup) => ({ differential: { base: { id, path } } });

export const toMain = { destination: { kind: 'store', store: 'main' } } as const;

export function consolidate(clinic: SmallClinic, path: string, work = recordedWork()) {
  return runConsolidate({ path, backupId: 'made-1', ...toMain }, clinic.config, work);
}

export function inDatabase(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}
