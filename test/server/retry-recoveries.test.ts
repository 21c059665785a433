import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JobOrder } from '../../agent/jobs/job-order.ts';
import {
  isTriedAgain,
  mayCrashAgain,
  resumeUntriedResets,
  retryRecoveries,
} from '../../agent/server/recoveries.ts';
import { openState } from '../../agent/state/state.ts';
import type { Job } from '../../protocol/domain/job.ts';
import type { FailureCode } from '../../protocol/failures.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const failed = (code: FailureCode, cause = ''): Job['state'] => ({
  kind: 'failed',
  failure: { code, params: { cause } },
});
const after = (...newestFirst: readonly Job['state'][]): boolean =>
  isTriedAgain(newestFirst.map((state) => ({ state })));

test('the last recovery decides: one that a server, a full disk or a person kept from its end is tried again by itself', () => {
  const codes = ['recovery-waits', 'database-failed', 'database-login-refused', 'busy'] as const;
  expect(codes.filter((code) => !after(failed(code), failed('internal')))).toEqual([]);
  expect(after(failed('internal', 'ENOSPC: no space left on device, write'))).toBe(true);
  expect(after(failed('internal', 'the journal is broken'), failed('recovery-waits'))).toBe(false);
  expect([after(), after({ kind: 'cancelled' })]).toEqual([true, true]);
});

test('one that died is tried again until three in a row have', () => {
  const died = failed('job-crashed');
  expect(after(died)).toBe(true);
  expect(after(died, failed('recovery-waits'), died)).toBe(true);
  expect(after(died, died, died)).toBe(false);
});

test('of many jobs and journals none is forgotten', () => {
  const stateFolder = temporaryFolder();
  const folder = join(stateFolder, 'journal');
  mkdirSync(folder);
  const journals = [1, 2, 3].map((job) => join(folder, `${job}.jsonl`));
  const [waits = '', broken = '', untried = ''] = journals;
  for (const journal of journals) writeFileSync(journal, '{}\n');
  using state = openState(join(stateFolder, 'state.sqlite'));
  const add = (kind: 'recovery' | 'verify', order: object, end: Job['state']): void => {
    const asked = { kind, title: '', command: '', origin: 'kedge', order } as const;
    state.jobs.finished(state.jobs.add(asked, 1).id, 1, end);
  };
  add('verify', {}, { kind: 'cancelled' });
  add('verify', {}, { kind: 'cancelled' });
  add('verify', {}, { kind: 'cancelled' });
  add('recovery', { kind: 'recovery', journal: waits }, failed('recovery-waits'));
  add('recovery', { kind: 'recovery', journal: waits, givesUp: true }, { kind: 'cancelled' });
  add('recovery', { kind: 'recovery', journal: broken }, failed('internal', 'it is broken'));
  for (let n = 0; n < 60; n += 1) add('verify', { kind: 'verify' }, { kind: 'cancelled' });
  const submitted: string[] = [];
  const daemon = {
    places: { state: stateFolder },
    state,
    configFile: { inForce: () => ({}) },
    jobs: {
      submit: ({ order }: { order: JobOrder }) => {
        submitted.push(order.kind === 'recovery' ? order.journal : '');
        return { id: 0 };
      },
    },
  } as never;
  retryRecoveries(daemon);
  expect(submitted).toEqual([waits, untried]);
  expect(mayCrashAgain(daemon, waits)).toBe(true);
});

test('a reset that a full disk kept from being resumed is resumed later, one that was tried is not', () => {
  const stateFolder = temporaryFolder();
  const folder = join(stateFolder, 'resets');
  mkdirSync(folder);
  const [tried = '', untried = ''] = [1, 2].map((job) => join(folder, `${job}.json`));
  for (const record of [tried, untried]) writeFileSync(record, '{}\n');
  using state = openState(join(stateFolder, 'state.sqlite'));
  const order = { kind: 'reset', services: [], resume: tried };
  const asked = { kind: 'reset', title: '', command: '', origin: 'kedge', order } as const;
  state.jobs.finished(state.jobs.add(asked, 1).id, 1, failed('job-crashed'));
  const submitted: JobOrder[] = [];
  const daemon = {
    places: { state: stateFolder },
    state,
    overview: { recovered: [] },
    jobs: { submit: (job: { order: JobOrder }) => ({ id: submitted.push(job.order) }) },
  } as never;
  resumeUntriedResets(daemon);
  expect(submitted).toEqual([{ kind: 'reset', services: [], resume: untried }]);
});
