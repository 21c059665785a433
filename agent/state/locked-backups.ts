import { Backup } from '../../protocol/domain/backup.ts';
import type { StateDatabase } from './state-database.ts';

/**
 * What is known of encrypted archives without opening them, by the SHA-256 of what stands in front of their
 * payload: no two archives have the same. So they are listed where no key is, under whatever name.
 */
export interface LockedBackups {
  put(headerSha256: string, backup: Backup): void;
  find(headerSha256: string): Backup | undefined;
  remove(backup: string): void;
}

export function openLockedBackups(database: StateDatabase): LockedBackups {
  const put = database.prepare(
    'insert or replace into locked_backups (header_sha256, record) values (?, ?)',
  );
  const find = database
    .prepare('select record from locked_backups where header_sha256 = ?')
    .pluck();
  const remove = database.prepare(
    "delete from locked_backups where json_extract(record, '$.id') = ?",
  );
  return {
    remove: (backup) => void remove.run(backup),
    put: (headerSha256, backup) => void put.run(headerSha256, JSON.stringify(backup)),
    find(headerSha256) {
      const record = find.get(headerSha256);
      return record === undefined ? undefined : Backup.parse(JSON.parse(String(record)));
    },
  };
}
