import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openState } from '../../agent/state/state.ts';
import { tempFolder } from '../support/temp-folder.ts';

const job = {
  kind: 'backup',
  title: 'full backup',
  command: 'kedge backup create',
  origin: 'manual',
  order: { kind: 'backup' },
} as const;

test('the installation id is made once and stays', () => {
  using folder = tempFolder();
  const path = join(folder.path, 'state.sqlite');
  const ids = [1, 2].map(() => {
    using state = openState(path);
    return state.installation;
  });
  expect(ids[0]).toBe(ids[1]);
});

test('an unfinished job is found again with its order and process by the next Kedge', () => {
  using folder = tempFolder();
  const path = join(folder.path, 'state.sqlite');
  {
    using state = openState(path);
    const { id } = state.jobs.add(job, 1_000);
    state.jobs.started(id, 2_000, { pid: 7 });
    const done = state.jobs.add(job, 3_000);
    state.jobs.finished(done.id, 4_000, { kind: 'cancelled' });
  }
  using state = openState(path);
  expect(state.jobs.unfinished()).toMatchObject([
    { job: { id: 1, startedAtMs: 2_000 }, order: { kind: 'backup' }, process: { pid: 7 } },
  ]);
});

test('a request is new once, then begun, then answered', () => {
  using folder = tempFolder();
  using state = openState(join(folder.path, 'state.sqlite'));
  const first = state.requests.begin('a', 'backup.create', '/run/a.sock', 1_000);
  const second = state.requests.begin('a', 'backup.create', '/run/a.sock', 2_000);
  state.requests.answer('a', { kind: 'result', result: { job: 1 } });
  const third = state.requests.begin('a', 'backup.create', '/run/a.sock', 3_000);
  expect([first, second, third]).toEqual([
    { kind: 'new' },
    { kind: 'begun' },
    { kind: 'answered', answer: { kind: 'result', result: { job: 1 } } },
  ]);
});

test('an answer is kept for 24 hours', () => {
  using folder = tempFolder();
  using state = openState(join(folder.path, 'state.sqlite'));
  state.requests.begin('a', 'm', '/run/a.sock', 0);
  state.requests.answer('a', { kind: 'result', result: 1 });
  const day = 24 * 3_600_000;
  expect([
    state.requests.begin('a', 'm', '/run/a.sock', day).kind,
    state.requests.begin('a', 'm', '/run/a.sock', day + 1).kind,
  ]).toEqual(['answered', 'new']);
});

test('old jobs go, but the newest of each kind and schedule and the unfinished ones stay', () => {
  using folder = tempFolder();
  using state = openState(join(folder.path, 'state.sqlite'));
  const day = 24 * 3_600_000;
  const add = (schedule?: string) =>
    state.jobs.add({ ...job, ...(schedule === undefined ? {} : { schedule }) }, 0).id;
  const [old, unfinished, nightly, newest] = [add(), add(), add('nightly'), add()];
  for (const id of [old, nightly, newest]) state.jobs.finished(id, 0, { kind: 'cancelled' });
  expect(state.prune(90 * day)).toEqual([]);
  expect(state.prune(90 * day + 1)).toEqual([old]);
  expect([unfinished, nightly, newest].map((id) => state.jobs.get(id)?.job.id)).toEqual([
    unfinished,
    nightly,
    newest,
  ]);
});

test('an id of a request answers for its own method and socket only', () => {
  using folder = tempFolder();
  using state = openState(join(folder.path, 'state.sqlite'));
  state.requests.begin('a', 'backup.create', '/run/a.sock', 1_000);
  expect(state.requests.begin('a', 'kedge.stop', '/run/a.sock', 1_000)).toEqual({
    kind: 'other',
    method: 'backup.create',
  });
  expect(state.requests.begin('a', 'backup.create', '/run/b.sock', 1_000)).toEqual({
    kind: 'foreign',
  });
});

test.each([
  ['no database at all', () => Buffer.alloc(9_000, 'no database ')],
  ['cut in the middle', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
  [
    'overwritten behind its header',
    (whole: Buffer) =>
      Buffer.concat([whole.subarray(0, 4096), Buffer.alloc(whole.length - 4096, 0x5a)]),
  ],
])('a state that is %s is refused by name and left as it is', (_, damage) => {
  using folder = tempFolder();
  const path = join(folder.path, 'state.sqlite');
  {
    using state = openState(path);
    state.jobs.add(job, 1_000);
  }
  const bytes = Buffer.from(damage(readFileSync(path)));
  writeFileSync(path, bytes);
  expect(() => openState(path)).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'state-damaged' }) }),
  );
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

/** As the release before schedules were written down run by run made it. */
const olderTables = `
create table meta (key text primary key, value text not null) strict;
create table jobs (
  id integer primary key autoincrement,
  kind text not null, title text not null, command text not null, origin text not null, schedule text,
  job_order text not null, created_ms integer not null, started_ms integer, finished_ms integer,
  state text not null, process text
) strict;
create table positions (schedule text primary key, slot_ms integer not null) strict;
create table proofs (
  backup text primary key, proof text not null, integrity text not null, problem text, sha256 text
) strict;
create table pins (backup text primary key, reason text not null, at_ms integer not null) strict;
create table drills (
  backup text primary key, at_ms integer not null, seconds real not null, problem text
) strict;
create table places (path text primary key) strict;
create table requests (id text primary key, method text not null, at_ms integer not null, answer text) strict;
insert into meta values ('installation', 'ours');
insert into jobs values (
  1, 'backup', 'full backup', 'kedge backup create', 'schedule', 'nightly', '{"kind":"backup"}',
  1000, 2000, 3000, '{"kind":"failed","failure":{"code":"no-space","params":{}}}', null
);
insert into positions values ('nightly', 5000);
insert into proofs values ('b', '{"kind":"verified","atMs":1}', 'ok', null, null);
insert into drills values ('b', 4000, 1.5, null);
`;

test('a state of an earlier release is read as it was, and takes what is new', () => {
  using folder = tempFolder();
  const path = join(folder.path, 'state.sqlite');
  const before = new Database(path);
  before.exec(olderTables);
  before.close();
  using state = openState(path, { id: 'machine', host: 'here' });
  expect(state.machine.moved()).toBeUndefined();
  expect([state.installation, state.position('nightly')]).toEqual(['ours', 5_000]);
  expect(state.jobs.newestOutcome('backup', 'nightly')).toMatchObject({
    id: 1,
    finishedAtMs: 3_000,
  });
  expect([state.proofs.get('b')?.integrity, state.drills.get('b')?.seconds]).toEqual(['ok', 1.5]);
  const run = { schedule: 'nightly', kind: 'full', byHand: false, tries: 1 } as const;
  for (const [slotMs, outcome] of [
    [6_000, 'failed'],
    [7_000, 'missed'],
  ] as const)
    state.runs.serve('nightly', slotMs, [{ ...run, slotMs, outcome }]);
  expect(state.runs.lastTried('nightly')).toMatchObject({ slotMs: 6_000, outcome: 'failed' });
  expect(state.position('nightly')).toBe(7_000);
});
