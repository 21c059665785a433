import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { setFaultHook } from '../../agent/os/faults.ts';
import { expireUndos } from '../../agent/restore/expire-undos.ts';
import { isGuarded } from '../../agent/restore/guard.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import { failureOf, KedgeError } from '../../protocol/failures.ts';
import { asOtherUser } from '../support/as-other-user.ts';
import { nowMs, RestoreFixture } from '../support/restore-fixture.ts';

const all = ['agent', 'database', 'host'];
const dayMs = 86_400_000;

async function changed() {
  const app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  return { app, backup, plan: await app.plan(backup), before: app.live() };
}

test('a service that will not stop ends the restore with nothing changed and all services up', async () => {
  const { app, plan, before } = await changed();
  using _app = app;
  app.services.before = (act) => {
    if (act !== 'stop host') return;
    throw new KedgeError('service-stop-failed', { service: 'host', seconds: 30, pid: 7 });
  };

  await expect(app.restore(plan)).rejects.toMatchObject({
    failure: { code: 'service-stop-failed', params: { service: 'host' } },
  });

  expect(app.live()).toEqual(before);
  expect([...app.services.running].sort()).toEqual(all);
  expect(app.places()).toEqual([]);
  expect(isGuarded(app.stateFolder)).toBe(false);
});

test('a service that will not stop again does not keep the old data away', async () => {
  const { app, plan, before } = await changed();
  using _app = app;
  app.services.broken.add('agent');
  let stops = 0;
  app.services.before = (act) => {
    if (act === 'stop host') stops += 1;
    if (act !== 'stop host' || stops < 2) return;
    throw new KedgeError('service-stop-failed', { service: 'host', seconds: 30, pid: 7 });
  };

  await expect(app.restore(plan)).rejects.toMatchObject({ failure: { code: 'rolled-back' } });

  expect(stops).toBe(2);
  expect(app.live()).toEqual(before);
});

test('an application that starts ill is rolled back by itself, and the downtime is said', async () => {
  const { app, plan, before } = await changed();
  using _app = app;
  app.services.broken.add('agent');
  let atMs = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => atMs);
  onTestFinished(() => void clock.mockRestore());
  app.services.before = (act) => {
    if (act !== 'status') atMs += 10_000;
  };

  const failure = failureOf(await app.restore(plan).catch((error: unknown) => error));

  const seconds = 10 * app.services.calls.length;
  const why = new RegExp(`"agent".*; the application was down for ${seconds} s$`);
  expect(failure).toMatchObject({
    code: 'rolled-back',
    params: { why: expect.stringMatching(why) },
  });
  expect(seconds).toBeGreaterThanOrEqual(60);

  expect(app.live()).toEqual(before);
});

test.each([
  ['forward', 40 * dayMs],
  ['back', -40 * dayMs],
])(
  'a clock that jumps %s in mid-restore changes neither its end nor how long its undo stays',
  async (_, jump) => {
    const { app, plan, before } = await changed();
    using _app = app;
    const now = Date.now;
    onTestFinished(() => {
      setFaultHook(undefined);
      Date.now = now;
    });
    setFaultHook(({ name }) => {
      if (name === 'sqlite copy') Date.now = () => now() + jump;
    });

    const { outcome, downtimeMs, undo = '' } = await app.restore(plan);

    expect(Date.now() - now()).not.toBe(0);
    expect([outcome, downtimeMs < 60_000, downtimeMs >= 0]).toEqual(['restored', true, true]);
    const [kept] = await listUndos(app.stateFolder);
    expect(kept?.expiresAtMs).toBe(nowMs + 7 * dayMs);
    expect(await expireUndos(app.stateFolder, nowMs + jump / 40)).toEqual([]);
    await app.undo(undo);
    expect(app.live()).toEqual(before);
  },
);

test('a program that has a database open which must be exchanged as a file is said in the plan', async () => {
  const { app, backup } = await changed();
  using _app = app;
  const database = new Database(app.database);
  database.pragma('journal_mode = delete');
  database.pragma('page_size = 8192');
  database.exec('vacuum');
  database.pragma('journal_mode = wal');
  database.close();
  const script = `const Database = require('better-sqlite3'); new Database(process.argv[1]).pragma('page_count'); console.log('open'); setInterval(() => {}, 1e6)`;
  const child = spawn(process.execPath, ['-e', script, app.database], {
    cwd: join(import.meta.dirname, '..', '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');

  const { warnings } = await app.plan(backup);

  expect(warnings.join('\n')).toMatch(
    new RegExp(`every program has to let go of it, and now node \\(pid ${child.pid}\\)`),
  );
  expect(app.services.calls).toEqual([]);
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot('what Kedge may not do is said in the plan, and nothing is stopped', async () => {
  const { app, backup } = await changed();
  using _app = app;
  // Kedge is that other user; the application belongs to root.
  for (const folder of [app.home, app.stateFolder]) chownSync(folder, 65_534, 65_534);
  chmodSync(app.home, 0o755);
  for (const path of [join(app.home, 'backups'), backup.path]) chmodSync(path, 0o755);
  for (const folder of [app.app, join(app.app, 'data')]) chmodSync(folder, 0o777);
  for (const scratch of [1, 2, 3, 4, 5]) {
    const path = join(app.home, `scratch-${scratch}`);
    mkdirSync(path, { recursive: true });
    chownSync(path, 65_534, 65_534);
  }
  const obstacles = await asOtherUser(async () => (await app.plan(backup)).obstacles);

  expect(obstacles).toEqual([
    `source "db": Kedge may not write to "${app.database}"`,
    `source "uploads": Kedge may not write in the folder "${app.uploads}"`,
  ]);
  chmodSync(app.app, 0o1777);
  const sticky = await asOtherUser(async () => (await app.plan(backup)).obstacles);
  expect(sticky).toContain(
    `source "conf": Kedge may not rename "${app.settings}", as the folder around it is sticky and both belong to others`,
  );
  chmodSync(app.app, 0o755);
  const closed = await asOtherUser(async () => (await app.plan(backup)).obstacles);
  expect(closed).toContain(`source "conf": Kedge may not write in the folder "${app.app}"`);
  expect(app.services.calls).toEqual([]);
});

test('a journal that nobody can read is said by its recovery, and keeps no other from being recovered', async () => {
  const { app, plan, before } = await changed();
  using _app = app;
  const folder = join(app.stateFolder, 'journal');
  mkdirSync(folder);
  writeFileSync(join(folder, '3.jsonl'), '{"kind":"beg\n');
  expect(findUnfinishedJournals(app.stateFolder)).toEqual([join(folder, '3.jsonl')]);
  await expect(recoverJournal(join(folder, '3.jsonl'), app.context, app.work())).rejects.toThrow();
  expect(app.live()).toEqual(before);
  expect(plan.obstacles).toEqual([]);
});
