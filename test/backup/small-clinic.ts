import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupOrder } from '../../agent/backup/backup-order.ts';
import { Config } from '../../agent/config/config.ts';
import type { ServiceControl } from '../../agent/services/service-control.ts';
import { initStore } from '../../agent/stores/stores.ts';
import { makeBusyDatabase } from '../support/busy-database.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

/** A database, uploads and a settings file of an application, and a store. */
export interface SmallClinic {
  readonly folder: string;
  readonly database: string;
  readonly uploads: string;
  readonly settings: string;
  readonly store: string;
  readonly config: Config;
  readonly order: BackupOrder;
  /** What lies in the store beside its marker. */
  stored(): readonly string[];
}

export async function makeSmallClinic(
  change: (config: Config) => void = () => {},
): Promise<SmallClinic> {
  const folder = temporaryFolder();
  const at = (name: string): string => join(folder, name);
  makeBusyDatabase(at('clinic.db'), 'wal', 0.1);
  mkdirSync(join(at('uploads'), 'scans'), { recursive: true });
  writeFileSync(join(at('uploads'), 'letter.txt'), 'Dear colleague');
  writeFileSync(join(at('uploads'), 'scans', 'hand.tif'), Buffer.alloc(1_200_000, 'scan'));
  writeFileSync(at('clinic.conf'), 'port = 8080\n');
  const config = Config.parse({
    application: { id: 'clinic', name: 'Clinic', version: '4.2' },
    sources: {
      database: { engine: 'sqlite', path: at('clinic.db') },
      uploads: { engine: 'files', path: at('uploads') },
      conf: { engine: 'settings', paths: [at('clinic.conf')] },
    },
    stores: { main: { kind: 'local', path: at('backups') } },
  });
  change(config);
  await initStore('main', { kind: 'local', path: at('backups') });
  return {
    folder,
    database: at('clinic.db'),
    uploads: at('uploads'),
    settings: at('clinic.conf'),
    store: at('backups'),
    config,
    order: {
      backupId: 'backup-1',
      origin: 'manual',
      destination: { kind: 'store', store: 'main' },
      installation: 'installation-1',
      configText: '{ "application": {} }',
      zone: 'Asia/Tehran',
      // 2026-11-21 02:00 in Tehran.
      nowMs: Date.UTC(2026, 10, 20, 22, 30),
    },
    stored: () => readdirSync(at('backups')).filter((name) => name !== '.kedge-store.json'),
  };
}

/** For backups that hold no service. */
export const noServices: ServiceControl = {
  status: () => Promise.reject(new Error('no service was to be asked')),
  stop: () => Promise.reject(new Error('no service was to be stopped')),
  start: () => Promise.reject(new Error('no service was to be started')),
};
