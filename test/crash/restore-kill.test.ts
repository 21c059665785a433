import { spawn } from 'node:child_process';
import { existsSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isGuarded } from '../../agent/restore/guard.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import { builtProgram } from '../support/programs.ts';
import '../support/memory-disk.ts';
import { RestoreFixture } from '../support/restore-fixture.ts';

const program = builtProgram('restore-child');

test('a restore killed when its journal reaches any record ends old or new after recovery', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  const before = app.live();
  const plan = await app.plan(backup);
  const { undo = '' } = await app.restore(plan, app.work(900));
  const after = app.live();
  await app.undo(undo, app.work(901));
  const order = join(app.home, 'order.json');
  const rest = { config: app.config, stateFolder: app.stateFolder, scratch: app.home };
  let kills = 0;
  let records = 1;

  for (let job = 1001; ; job += 1) {
    const journal = join(app.stateFolder, 'journal', `${job}.jsonl`);
    writeFileSync(order, JSON.stringify({ plan, job, ...rest }));
    const killed = await killAt(order, journal, records);
    const isLast = !killed && recordsIn(journal) <= records;
    app.services.running.clear();
    for (const unfinished of findUnfinishedJournals(app.stateFolder)) {
      await recoverJournal(unfinished, app.context, app.work(job));
    }

    expect(isGuarded(app.stateFolder)).toBe(false);
    const ready = (await listUndos(app.stateFolder)).find(({ id }) => id === `undo-${job}`);
    expect(app.live(), `killed at record ${records}`).toEqual(ready === undefined ? before : after);
    if (ready !== undefined) await app.undo(ready.id, app.work(5000 + job));
    expect(app.live()).toEqual(before);
    if (isLast) break;
    // Else it was through before the kill came, and is tried again at the same record.
    if (!killed) continue;
    kills += 1;
    records += 1;
  }

  process.stderr.write(`restore: killed at each of ${kills} records\n`);
  expect(kills).toBeGreaterThan(15);
}, 300_000);

/** Runs the restore and kills it once its journal has so many records. False: it was through before. */
async function killAt(order: string, journal: string, records: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, order], { stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => {
    errors += text.toString();
  });
  const folder = join(journal, '..');
  using watcher = { inner: watch(folder), [Symbol.dispose]: () => watcher.inner.close() };
  watcher.inner.on('change', () => {
    if (recordsIn(journal) >= records) child.kill('SIGKILL');
  });
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('exit', (...ended) => resolve(ended)),
  );
  if (code !== null && code !== 0) throw new Error(errors);
  return signal === 'SIGKILL';
}

function recordsIn(path: string): number {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}
