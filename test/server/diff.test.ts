import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Daemon } from '../../agent/server/daemon.ts';
import { readDiffPage, removeOldDiffLists } from '../../agent/server/diff-lists.ts';
import { leasedBackups } from '../../agent/server/leases.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { DiffEntry } from '../../protocol/domain/diff.ts';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { cannedBackup } from '../support/canned-snapshot.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';
import { deleteOrders, makeSmallApplication } from '../support/small-application.ts';
import { tempFolder, temporaryFolder } from '../support/temp-folder.ts';

async function take(session: Session): Promise<Backup> {
  const { job } = await session.call(backupCreate, { requestId: randomUUID() });
  const { state } = await session.ended(job);
  if (state.kind !== 'done' || state.result.kind !== 'backup')
    throw new Error(JSON.stringify(state));
  return state.result.backup;
}

test('kedge backup diff shows some of what changed, with --all every name, with --json all of it', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const before = await take(session);
  deleteOrders(app.database, 100);
  rmSync(join(app.uploads, '1.txt'));
  for (let n = 0; n < 1_100; n++) writeFileSync(join(app.uploads, `new ${n}.txt`), 'new');
  const after = await take(session);
  const run = async (...words: string[]) => {
    const recorded = recordingTerminal({});
    const code = await runCli([...words, '--socket', kedge.socket], recorded.terminal);
    expect([code, recorded.err()]).toEqual([0, expect.any(String)]);
    return recorded.out();
  };

  const shown = await run('backup', 'diff', before.id, after.path, '--rows');
  expect(shown).toMatch(/^uploads +1 +0 +1,100 /m);
  expect(shown).toMatch(/^ {2}removed {2}uploads\/1\.txt {2}9 B$/m);
  expect(shown).toMatch(/and 1,081 more; --all shows them/);
  expect(shown).toMatch(/^ {4}orders: 0 inserted, 0 changed, 100 deleted$/m);
  expect(shown.split('\n').length).toBeLessThan(45);

  const asked = await run('backup', 'diff', before.id, after.id);
  expect(asked).toContain('Add --rows');

  const all = await run('backup', 'diff', before.id, after.id, '--all');
  expect(all.split('\n').filter((line) => /^ {2}(added|removed|changed) /.test(line))).toHaveLength(
    1_102,
  );

  const { entries, job } = JSON.parse(await run('backup', 'diff', after.id, before.id, '--json'));
  expect(entries).toHaveLength(1_102);
  expect(job.state.result.diff).toMatchObject({ entries: 1_102, databases: 1 });
  const removed = entries.filter(({ change }: DiffEntry) => change === 'removed');
  expect(removed).toHaveLength(1_100);
  expect(readdirSync(join(app.home, 'state', 'diffs'))).toHaveLength(4);

  const same = await run('backup', 'diff', before.id, before.id);
  expect(same).toContain('They hold the same.');
  expect(JSON.parse(await run('backup', 'diff', before.id, before.id, '--json'))).toMatchObject({
    entries: [],
  });
}, 120_000);

test('both backups and their fulls stay as long as they are compared', () => {
  const order = {
    kind: 'diff',
    before: cannedBackup({ id: 'one', kind: 'differential', base: 'the full of one' }),
    after: cannedBackup({ id: 'two' }),
    rows: true,
  };
  const daemon = {
    state: { jobs: { unfinished: () => [{ job: { id: 1 }, order }] } },
    transfers: { read: [] },
    places: { state: temporaryFolder() },
  } as unknown as Daemon;
  expect(leasedBackups(daemon)).toEqual(new Set(['one', 'the full of one', 'two']));
});

test('a list is read by pages, and goes after some days', async () => {
  using folder = tempFolder();
  const nowMs = Date.now();
  await removeOldDiffLists(folder.path, nowMs);
  await expect(readDiffPage(folder.path, 7, 0, 10)).rejects.toThrow(/no list of a diff/);
  mkdirSync(join(folder.path, 'diffs'));
  const entry = (n: number): DiffEntry => ({
    change: 'added',
    name: `uploads/${n} ${'long '.repeat(1_000)}`,
    after: { kind: 'file', sizeBytes: n, modifiedMs: 0 },
  });
  const entries = Array.from({ length: 500 }, (_, n) => entry(n));
  const lines = entries.map((one) => `${JSON.stringify(one)}\n`).join('');
  writeFileSync(join(folder.path, 'diffs', '7.jsonl'), lines);
  const read: DiffEntry[] = [];
  for (let at: number | undefined = 0; at !== undefined; ) {
    const page = await readDiffPage(folder.path, 7, at, 150);
    expect(page.entries.length).toBeLessThanOrEqual(150);
    read.push(...page.entries);
    at = page.next;
  }
  expect(read).toEqual(entries);
  const dayMs = 24 * 3_600_000;
  await removeOldDiffLists(folder.path, nowMs + 6 * dayMs);
  expect(readdirSync(join(folder.path, 'diffs'))).toHaveLength(1);
  await removeOldDiffLists(folder.path, nowMs + 8 * dayMs);
  expect(readdirSync(join(folder.path, 'diffs'))).toEqual([]);
});
