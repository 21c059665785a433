import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { isGuarded } from '../../agent/restore/guard.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import { testWith } from '../support/require-tool.ts';
import { RestoreFixture } from '../support/restore-fixture.ts';

const program = join(import.meta.dirname, '..', 'support', 'restore-child.ts');
const isLong = process.env['CRASH_ALL'] === '1';

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
    const files = ['', '-wal', '-journal'].map((ending) => app.database + ending);
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
