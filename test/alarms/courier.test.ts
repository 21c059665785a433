import { expect, test } from 'vitest';
import { startCourier } from '../../agent/alarms/courier.ts';
import type { DeliveryRecords } from '../../agent/state/delivery-records.ts';
import { until } from '../support/until.ts';
import { pace } from './desk-fixture.ts';

test('what was told while the disk was full is not told again, and is written down when there is room', async () => {
  const body = { what: 'test', text: 'a test' };
  const waiting = new Map(
    [1, 2].map((id) => [id, { id, route: 'ops', what: 'test', tries: 0, body }]),
  );
  let isFull = true;
  const records = {
    waiting: () => [...waiting.values()],
    waitingRoutes: () => (waiting.size === 0 ? [] : ['ops']),
    save(id: number) {
      if (isFull) throw new Error('database or disk is full');
      waiting.delete(id);
    },
  } as unknown as DeliveryRecords;
  const sent: string[] = [];
  const log: string[] = [];
  const send = async (messages: readonly { id: string }[]): Promise<void> =>
    void sent.push(...messages.map(({ id }) => id));
  await using courier = startCourier({
    records,
    installation: 'here',
    route: () => ({ kind: 'mail', to: 'ops', folds: true, send }),
    sender: () => ({ host: 'server' }),
    pace,
    now: () => 0,
    log: (_level, text) => log.push(text),
    onChange: () => undefined,
  });
  const faults = () => log.filter((text) => text.includes('disk is full')).length;
  courier.kick();
  await until(() => faults() > 0);
  const before = faults();
  courier.kick();
  await until(() => faults() > before);
  isFull = false;
  courier.kick();
  await until(() => waiting.size === 0);
  expect(sent).toEqual(['here-1', 'here-2']);
});
