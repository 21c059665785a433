import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runRestore } from '../../agent/restore/run-restore.ts';
import type { FlowCase } from '../support/crash/flow-case.ts';
import { nowMs } from '../support/restore-fixture.ts';

/** Restores that back up what is live first, and that unpack elsewhere. */
export const safetyFlows: readonly FlowCase[] = [
  {
    name: 'restore with a safety backup',
    leastPoints: 110,
    async prepare(app) {
      const backup = await app.backup();
      app.changeAll();
      const folder = join(app.home, 'backups');
      const safety = {
        backupId: 'safety-id',
        origin: 'safety',
        differential: { base: { id: backup.id, path: backup.path } },
        destination: { kind: 'folder', folder },
        installation: 'here',
        configText: '{}',
        zone: 'UTC',
        nowMs,
      } as const;
      const plan = {
        ...(await app.plan(backup)),
        safety: { kind: 'taken', folder, bytes: 1, seconds: 1, gaps: [], notes: [] },
      } as const;
      return {
        run: async (work) =>
          await runRestore(
            { plan, confirmation: 'Clinic', undoId: `undo-${work.job}`, nowMs, safety },
            app.context,
            work,
          ),
      };
    },
  },
  {
    name: 'restore that unpacks its database elsewhere',
    leastPoints: 100,
    async prepare(app) {
      const backup = await app.backup();
      app.changeAll();
      const staging = join(app.home, 'elsewhere');
      mkdirSync(staging, { recursive: true });
      const plan = { ...(await app.plan(backup)), choices: { staging } };
      return { run: async (work) => await app.restore(plan, work) };
    },
  },
];
