import { spawnSync } from 'node:child_process';
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import { isGuarded } from '../../agent/restore/guard.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import { isLong } from '../support/crash/is-long.ts';
import { builtProgram } from '../support/programs.ts';
import { testWith } from '../support/require-tool.ts';
import { RestoreFixture } from '../support/restore-fixture.ts';

const program = builtProgram('restore-child');
const companions = ['', '-wal', '-journal'];

/** better-sqlite3 13 is built without fdatasync. What happens to one system call on the files of the live database, or to the process at it. */
const faults = [
  ['pwrite64', 'error=EIO'],
  ['pwrite64', 'error=ENOSPC'],
  ['pwrite64', 'signal=SIGKILL'],
  ['fsync', 'error=EIO'],
  ['fsync', 'signal=SIGKILL'],
] as const;

/** Runs the restore with one fault at the n-th such call; false: it made fewer. */
function restoreWith(
  order: string,
  files: readonly string[],
  fault: string,
  call: string,
): boolean {
  const only = files.flatMap((file) => ['-P', file]);
  const trace = ['-f', '-qq', '-e', `trace=${call}`, '-e', `inject=${call}:${fault}`];
  const ran = spawnSync('strace', [...trace, ...only, process.execPath, program, order], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return ran.stderr.includes('(INJECTED)') || ran.signal === 'SIGKILL' || ran.status === 137;
}

testWith('strace').each(faults)(
  'a restore in whose exchange SQLite meets %s %s ends old or new',
  async (call, fault) => {
    using app = new RestoreFixture();
    const { db } = app.config.sources;
    app.config = { ...app.config, sources: db === undefined ? {} : { db } };
    const backup = await app.backup();
    app.changeAll();
    const before = app.live();
    const plan = await app.plan(backup);
    const order = join(app.home, 'order.json');
    const rest = { config: app.config, stateFolder: app.stateFolder, scratch: app.home };
    const files = companions.map((ending) => app.database + ending);
    const ends: string[] = [];

    // It syncs a few times only.
    const step = isLong || call === 'fsync' ? 1 : 3;
    for (let n = 1; ; n += step) {
      const job = 1000 + n;
      writeFileSync(order, JSON.stringify({ plan, job, ...rest }));
      if (!restoreWith(order, files, `${fault}:when=${n}`, call)) break;
      app.services.running.clear();
      for (const journal of findUnfinishedJournals(app.stateFolder)) {
        await recoverJournal(journal, app.context, app.work(job));
      }
      const where = `${call} ${fault} at ${n}`;
      expect(isGuarded(app.stateFolder), where).toBe(false);
      const ready = (await listUndos(app.stateFolder)).find(({ id }) => id === `undo-${job}`);
      if (ready !== undefined) await app.undo(ready.id, app.work(5000 + job));
      ends.push(ready === undefined ? 'old' : 'new');
      expect(app.live(), where).toEqual(before);
      rmSync(join(app.stateFolder, 'undo'), { recursive: true, force: true });
    }

    process.stderr.write(
      `inside SQLite: ${call} ${fault} at ${ends.length} calls: ${ends.join(' ')}\n`,
    );
    expect(ends.length).toBeGreaterThan(1);
  },
  600_000,
);

/** In WAL mode and with a rollback journal, as what is left behind differs. */
const undolessFaults = [
  ['wal', 'pwrite64', 'error=ENOSPC'],
  ['wal', 'pwrite64', 'signal=SIGKILL'],
  ['persist', 'pwrite64', 'signal=SIGKILL'],
] as const;

testWith('strace').each(undolessFaults)(
  'a restore without an undo in whose exchange SQLite (%s) meets %s %s ends old or new',
  async (mode, call, fault) => {
    using app = new RestoreFixture();
    const { db } = app.config.sources;
    app.config = { ...app.config, sources: db === undefined ? {} : { db } };
    const then = app.live();
    const backup = await app.backup();
    app.changeAll();
    setJournalMode(app.database, mode);
    const kept = join(app.home, 'kept.db');
    copyFileSync(app.database, kept);
    const now = app.live();
    const plan = { ...(await app.plan(backup)), choices: { withoutUndo: true } } as const;
    const order = join(app.home, 'order.json');
    const rest = { config: app.config, stateFolder: app.stateFolder, scratch: app.home };
    const files = companions.map((ending) => app.database + ending);
    const ends: string[] = [];

    for (let n = 1; ; n += isLong ? 1 : 8) {
      const job = 1000 + n;
      for (const file of files) rmSync(file, { force: true });
      copyFileSync(kept, app.database);
      writeFileSync(order, JSON.stringify({ plan, job, ...rest }));
      if (!restoreWith(order, files, `${fault}:when=${n}`, call)) break;
      for (const journal of findUnfinishedJournals(app.stateFolder)) {
        await recoverJournal(journal, app.context, app.work(job));
      }
      const where = `${mode}, ${call} ${fault} at ${n}`;
      expect(isGuarded(app.stateFolder), where).toBe(false);
      const isNew = isDeepStrictEqual(databaseIn(app.live()), databaseIn(then));
      ends.push(isNew ? 'new' : 'old');
      expect(databaseIn(app.live()), where).toEqual(databaseIn(isNew ? then : now));
      expect(app.places(), where).toEqual([]);
    }

    process.stderr.write(`without an undo: ${mode}, ${call} ${fault}: ${ends.join(' ')}\n`);
    expect(ends.length).toBeGreaterThan(1);
    expect(ends[0]).toBe('old');
  },
  600_000,
);

function setJournalMode(path: string, mode: string): void {
  const database = new Database(path);
  database.pragma(`journal_mode = ${mode}`);
  database.exec("insert into patient (name) values ('after it was set')");
  database.close();
}

function databaseIn(live: unknown): unknown {
  return (live as { readonly database: unknown }).database;
}
