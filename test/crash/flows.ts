import Database from 'better-sqlite3';
import type { FlowCase } from '../support/crash/flow-case.ts';
import { leaveWal } from '../support/restore-fixture.ts';
import { modeFlows } from './mode-flows.ts';
import { mountFlows } from './mount-flows.ts';
import { recoverFlows } from './recover-flows.ts';
import { safetyFlows } from './safety-flows.ts';
import { undolessFlows } from './undoless-flows.ts';

function setPageSize(path: string, pageSize: number): void {
  const database = new Database(path);
  database.pragma('journal_mode = delete');
  database.pragma(`page_size = ${pageSize}`);
  database.exec('vacuum');
  database.pragma('journal_mode = wal');
  database.close();
}

/** Every flow that changes what is live. See README.md. */
export const flows: readonly FlowCase[] = [
  {
    name: 'restore',
    leastPoints: 100,
    async prepare(app) {
      const backup = await app.backup();
      app.changeAll();
      const plan = await app.plan(backup);
      return { run: async (work) => await app.restore(plan, work) };
    },
  },
  {
    name: 'undo',
    leastPoints: 80,
    async prepare(app) {
      const backup = await app.backup();
      app.changeAll();
      const { undo = '' } = await app.restore(await app.plan(backup), app.work(900));
      return { run: async (work) => await app.undo(undo, work) };
    },
  },
  {
    name: 'restore that moves the database aside, with a -wal beside it',
    leastPoints: 50,
    async prepare(app) {
      const { db } = app.config.sources;
      app.config = { ...app.config, sources: db === undefined ? {} : { db } };
      const backup = await app.backup();
      setPageSize(app.database, 8192);
      leaveWal(app.database);
      const plan = await app.plan(backup);
      return { run: async (work) => await app.restore(plan, work) };
    },
  },
  ...mountFlows,
  ...modeFlows,
  ...safetyFlows,
  ...undolessFlows,
  ...recoverFlows,
];
