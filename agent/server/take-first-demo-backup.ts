import { randomUUID } from 'node:crypto';
import type { Daemon } from './daemon.ts';

/** The demo has a backup from its first minute on, so that there is something to restore. */
export function takeFirstDemoBackup(daemon: Daemon): void {
  const config = daemon.config();
  const [store] = Object.keys(config.stores);
  const busy = daemon.jobs.writing() !== undefined || daemon.backups.count() > 0;
  if (config.demo === undefined || store === undefined || busy) return;
  daemon.jobs.submit({
    kind: 'backup',
    title: 'first full backup of the demo',
    command: `kedge backup create --to ${store}`,
    origin: 'kedge',
    order: {
      kind: 'backup',
      backupId: randomUUID(),
      origin: 'manual',
      destination: { kind: 'store', store },
    },
  });
}
