import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { FlowCase } from '../support/crash/flow-case.ts';
import { rowsOf } from '../support/restore-fixture.ts';

/** Nothing takes the new state back, so recovery has to choose one and come there. */
export const undolessFlows: readonly FlowCase[] = [
  {
    name: 'restore of databases without an undo',
    leastPoints: 90,
    async prepare(app) {
      const { db, conf } = app.config.sources;
      if (db === undefined || conf === undefined) throw new Error('the fixture has other sources');
      const path = join(app.app, 'data', 'stock.db');
      write(path, 'create table item (id); insert into item values (1)');
      app.config = {
        ...app.config,
        sources: { db, stock: { engine: 'sqlite', path }, conf },
      };
      const backup = await app.backup();
      app.changeAll();
      write(path, 'insert into item values (2)');
      const plan = { ...(await app.plan(backup)), choices: { withoutUndo: true } } as const;
      return {
        run: async (work) => await app.restore(plan, work),
        look: () => ({ live: app.live(), stock: rowsOf(path) }),
        keepsUndo: false,
      };
    },
  },
];

function write(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}
