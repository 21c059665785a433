import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demandForClear, demandForOrder } from '../../agent/server/guest-jobs.ts';
import { newestFailure } from '../../agent/server/resets/past-resets.ts';
import { openState } from '../../agent/state/state.ts';
import type { Job } from '../../protocol/domain/job.ts';
import { cannedJob } from '../support/canned-snapshot.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const operator = { socket: '/run/kedge/operators.sock', role: 'operator' } as const;
const admin = { socket: '/run/kedge/kedge.sock', role: 'admin' } as const;
const at = (kind: Job['kind']) => ({ writing: () => cannedJob({ id: 7, kind }) });
const cancel = { by: 'cancel' } as const;

test('by a reset an operator cancels what operators start, and no restore of an admin', () => {
  const refused = /cancelling a restore/;
  expect(() => demandForClear(operator, cancel, at('restore'))).toThrow(refused);
  demandForClear(operator, { by: 'wait' }, at('restore'));
  demandForClear(operator, undefined, at('restore'));
  demandForClear(operator, cancel, at('backup'));
  demandForClear(admin, cancel, at('restore'));
});

test('after a reset an operator retries what operators may order, and no backup into any folder', () => {
  const failed = cannedJob({
    id: 9,
    kind: 'backup',
    state: { kind: 'failed', failure: { code: 'cancelled', params: {} } },
  });
  const daemonWith = (destination: object) => ({
    state: {
      jobs: {
        newest: () => failed,
        get: () => ({ order: { kind: 'backup', backupId: 'b', origin: 'manual', destination } }),
      },
    },
  });
  const idFor = (asker: typeof admin | typeof operator, destination: object) =>
    newestFailure(daemonWith(destination) as never, asker)?.id;
  const folder = { kind: 'folder', folder: '/root' };
  const store = { kind: 'store', store: 'local' };
  expect([idFor(admin, folder), idFor(admin, store)]).toEqual([9, 9]);
  expect([idFor(operator, folder), idFor(operator, store)]).toEqual([undefined, 9]);
});

test('the backup that failed is offered to be retried however many jobs came after it', () => {
  using state = openState(join(temporaryFolder(), 'state.sqlite'));
  const destination = { kind: 'store', store: 'local' };
  const order = { kind: 'backup', backupId: 'b', origin: 'manual', destination };
  const asked = { kind: 'backup', title: '', command: '', origin: 'manual', order } as const;
  const { id } = state.jobs.add(asked, 1);
  state.jobs.finished(id, 1, { kind: 'failed', failure: { code: 'busy', params: {} } });
  for (let n = 0; n < 60; n += 1) state.jobs.add({ ...asked, kind: 'verify' }, 1);
  expect(newestFailure({ state } as never, operator)?.id).toBe(id);
});

test('an operator retries no order of an admin, neither itself nor by the retry of a reset', () => {
  const into = (destination: object) => ({
    ...{ kind: 'backup', backupId: 'b', origin: 'manual' },
    destination,
  });
  const orders = [
    into({ kind: 'folder', folder: '/root' }),
    into({ kind: 'store', store: 'local' }),
    { kind: 'verify', path: '/etc/secret' },
    { kind: 'verify', path: '/backups/known', backup: 'b' },
    { kind: 'reset', services: [], retryJob: 0 },
    { kind: 'reset', services: [], retryJob: 1 },
  ];
  const mayRetry = (asker: typeof admin | typeof operator) =>
    orders.map((order) => {
      try {
        demandForOrder(asker, order, (job) => orders[job]);
        return true;
      } catch {
        return false;
      }
    });
  expect(mayRetry(admin)).toEqual(orders.map(() => true));
  expect(mayRetry(operator)).toEqual([false, true, false, true, false, true]);
});
