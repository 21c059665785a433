import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openState } from '../../agent/state/state.ts';
import { tempFolder } from '../support/temp-folder.ts';

const dayMs = 86_400_000;

function record(atMs: number, method = 'backup.create') {
  return { atMs, method, params: {}, socket: '/run/kedge/kedge.sock', role: 'admin' } as const;
}

test('records of a version that kept no results are shown as they are', () => {
  using folder = tempFolder();
  const path = join(folder.path, 'state.sqlite');
  const old = new Database(path);
  old.exec(`create table audit (
    id integer primary key autoincrement,
    at_ms integer not null, method text not null, socket text not null, claimed_user text, params text not null
  ) strict;
  insert into audit (at_ms, method, socket, claimed_user, params)
  values (1, 'backup.create', '/k.sock', 'ali', '{"name":"x"}')`);
  old.close();
  for (const _again of [1, 2]) {
    using state = openState(path);
    expect(state.audit.list({ limit: 10 }).entries).toEqual([
      {
        id: 1,
        atMs: 1,
        method: 'backup.create',
        socket: '/k.sock',
        claimedUser: 'ali',
        params: { name: 'x' },
        outcome: { kind: 'unknown' },
      },
    ]);
  }
});

test('what was at work when Kedge died is at work no more', () => {
  using folder = tempFolder();
  const path = join(folder.path, 'state.sqlite');
  const outcomes = (state: ReturnType<typeof openState>) =>
    state.audit.list({ limit: 10 }).entries.map(({ outcome }) => outcome.kind);
  {
    using state = openState(path);
    const done = state.audit.begin(record(1));
    state.audit.begin(record(2));
    state.audit.end(done, { kind: 'done', job: 3 });
    expect(outcomes(state)).toEqual(['working', 'done']);
  }
  using state = openState(path);
  expect(outcomes(state)).toEqual(['unknown', 'done']);
});

test('who may do nothing drives nothing out, and what is old goes', () => {
  using folder = tempFolder();
  const path = join(folder.path, 'state.sqlite');
  using state = openState(path);
  const nowMs = 1_000 * dayMs;
  state.audit.begin(record(nowMs - 401 * dayMs, 'too.old'));
  state.audit.begin(record(nowMs - 399 * dayMs, 'not.old'));
  {
    const raw = new Database(path);
    const refuse = raw.prepare(
      `insert into audit (at_ms, method, socket, params, outcome, refused)
       values (?, 'restore.run', '/v.sock', '{}', '{"kind":"failed","code":"forbidden"}', 1)`,
    );
    raw.transaction(() => {
      for (let n = 0; n < 10_050; n++) refuse.run(nowMs + n);
    })();
    raw.close();
  }
  state.prune(nowMs);
  const { entries } = state.audit.list({ limit: 20_000 });
  expect(entries.filter(({ method }) => method === 'restore.run')).toHaveLength(10_000);
  expect(entries.at(-1)?.method).toBe('not.old');
});
