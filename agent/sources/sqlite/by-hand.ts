import { basename, dirname } from 'node:path';
import type { ByHand } from '../by-hand.ts';
import type { SqliteSettings } from './settings.ts';

export function sqliteByHand(name: string, { path }: SqliteSettings): ByHand {
  const unpacked = `${name}/${basename(path)}`;
  return {
    paths: [path],
    folders: [dirname(path)],
    packages: ['sqlite3'],
    check: [['sqlite3', unpacked, 'pragma integrity_check']],
    putBack: [
      // What is left of the old database's log would be taken for that of the new one.
      ['rm', '-f', ...['-wal', '-shm', '-journal'].map((ending) => path + ending)],
      ['cp', '-a', unpacked, path],
    ],
  };
}
