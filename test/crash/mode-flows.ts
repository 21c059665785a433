import * as fs from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { FlowCase } from '../support/crash/flow-case.ts';
import type { RestoreFixture } from '../support/restore-fixture.ts';
import { planOf } from '../support/restore-in-part.ts';

/** Restores that are no plain replace. */
export const modeFlows: readonly FlowCase[] = [
  {
    name: 'merge',
    leastPoints: 120,
    async prepare(app) {
      dropKeyless(app.database);
      const backup = await app.backup();
      app.changeAll();
      fs.rmSync(join(app.uploads, 'empty'), { recursive: true });
      const plan = await planOf(app, backup, { mode: { kind: 'merge' } });
      return { run: async (work) => await app.restore(plan, work), look: lookOf(app) };
    },
  },
  {
    name: 'restore of a folder, a file and a table',
    leastPoints: 80,
    async prepare(app) {
      const backup = await app.backup();
      app.changeAll();
      fs.writeFileSync(join(app.uploads, '2026/left out.tmp'), 'stays');
      fs.writeFileSync(join(app.uploads, '2026/later'), 'goes');
      const parts = [
        { source: 'uploads', paths: ['2026', 'read-only'] },
        { source: 'db', tables: [{ table: 'patient' }] },
      ];
      const plan = await planOf(app, backup, { parts });
      return { run: async (work) => await app.restore(plan, work), look: lookOf(app) };
    },
  },
  {
    name: 'undo of a merge',
    leastPoints: 50,
    async prepare(app) {
      dropKeyless(app.database);
      const backup = await app.backup();
      app.changeAll();
      const plan = await planOf(app, backup, { mode: { kind: 'merge' } });
      const { undo = '' } = await app.restore(plan, app.work(900));
      return { run: async (work) => await app.undo(undo, work), look: lookOf(app) };
    },
  },
];

/** A table that has no key can't be merged. */
function dropKeyless(path: string): void {
  const database = new Database(path);
  database.exec('drop table "odd ""name"');
  database.close();
}

/** Without the times of folders, which a merge touches when it runs. */
function lookOf(app: RestoreFixture): () => unknown {
  return () => {
    const { uploads, ...rest } = app.live() as { readonly uploads: readonly string[] };
    const isFolder = (line: string) => / 4\d{4} \d+ \d+ \d+$/.test(line);
    const timeless = uploads.map((line) => (isFolder(line) ? line.replace(/ \d+$/, '') : line));
    return { ...rest, uploads: timeless };
  };
}
