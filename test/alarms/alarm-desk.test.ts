import { createHmac } from 'node:crypto';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { secret, secretFile } from '../support/alarm-secret.ts';
import { startHttpSink } from '../support/http-sink.ts';
import { until } from '../support/until.ts';
import { offline, openDesk, pace, settle } from './desk-fixture.ts';

test('an alarm is posted once, signed, and once more when it is cured', async () => {
  await using sink = await startHttpSink();
  const fixture = openDesk({
    chat: { kind: 'webhook', url: `${sink.url}/hook`, secret: { file: secretFile() } },
  });
  settle(fixture, [offline]);
  await until(() => sink.received.length === 1);
  fixture.desk().look([offline]);
  fixture.pass(5_000);
  fixture.desk().look([]);
  fixture.pass(pace.settleMs);
  fixture.desk().look([]);
  await until(() => sink.received.length === 2);
  fixture.desk().look([]);
  await until(() => fixture.desk().cured()[0]?.deliveries[1]?.state === 'sent');

  expect(
    sink.received.map(({ method, path, body }) => [method, path, JSON.parse(body)]),
  ).toMatchObject([
    [
      'POST',
      '/hook',
      { what: 'open', application: { name: 'Clinic' }, alarm: { ...said, state: 'open' } },
    ],
    ['POST', '/hook', { what: 'cured', alarm: { ...said, state: 'cured' } }],
  ]);
  for (const { headers, body } of sink.received) {
    const [, seconds, signature] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['kedge-signature'])) ?? [];
    const own = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
    expect(signature).toBe(own);
  }
  const ids = sink.received.map(({ headers }) => headers['kedge-delivery']);
  expect(new Set(ids).size).toBe(2);
  expect(fixture.desk().current()).toEqual([]);
  expect(fixture.desk().cured()).toMatchObject([
    {
      state: 'cured',
      deliveries: [
        { what: 'open', state: 'sent', tries: 1 },
        { what: 'cured', state: 'sent' },
      ],
    },
  ]);
});

const said = {
  id: 1,
  key: offline.id,
  severity: 'error',
  text: offline.text,
  place: offline.place,
  hint: offline.hint,
  count: 1,
};

test('after a failure it is sent again with the same id and not once it was taken', async () => {
  await using sink = await startHttpSink();
  sink.answerWith(500, 503);
  const fixture = openDesk({ chat: { kind: 'webhook', url: sink.url } });
  settle(fixture, [offline]);
  const delivery = () => fixture.desk().current()[0]?.deliveries[0];
  await until(() => delivery()?.tries === 1);
  expect(delivery()).toMatchObject({
    state: 'waiting',
    problem: 'it answered 500 Internal Server Error',
  });
  fixture.desk().look([offline]);
  fixture.pass(pace.retriesMs[0] ?? 0);
  fixture.desk().look([offline]);
  await until(() => delivery()?.tries === 2);
  fixture.pass(pace.retriesMs[1] ?? 0);
  fixture.desk().look([offline]);
  await until(() => delivery()?.state === 'sent');
  fixture.pass(3_600_000);
  fixture.desk().look([offline]);
  expect(sink.received).toHaveLength(3);
  expect(new Set(sink.received.map(({ headers }) => headers['kedge-delivery'])).size).toBe(1);
});

test('what waits at a stop goes out once after the next start, in its order', async () => {
  await using sink = await startHttpSink();
  sink.answerWith(500);
  const fixture = openDesk({ chat: { kind: 'webhook', url: sink.url } });
  settle(fixture, [offline]);
  await until(() => fixture.desk().current()[0]?.deliveries[0]?.tries === 1);
  fixture.desk().look([]);
  fixture.pass(pace.settleMs);
  fixture.desk().look([]);
  await fixture.restart();
  fixture.pass(3_600_000);
  fixture.desk().look([]);
  await until(
    () =>
      fixture
        .desk()
        .cured()[0]
        ?.deliveries.every(({ state }) => state === 'sent') === true,
  );
  await fixture.restart();
  fixture.desk().look([]);
  const told = sink.received.map(({ body }) => JSON.parse(body).what);
  expect(told).toEqual(['open', 'open', 'cured']);
});

test('repeats within an hour are counted in one alarm', async () => {
  const fixture = openDesk({});
  for (let time = 0; time < 4; time++) {
    settle(fixture, [offline]);
    fixture.pass(10 * 60_000);
    fixture.desk().look([]);
  }
  expect(fixture.desk().cured()).toMatchObject([{ id: 1, count: 4 }]);
  expect(fixture.desk().cured()).toHaveLength(1);
});

test('one that is acknowledged stays so over a restart, and is listed behind the open ones', async () => {
  const fixture = openDesk({});
  const other = { ...offline, id: 'service-host', text: 'service "host" is ill' };
  settle(fixture, [offline, other]);
  fixture.desk().acknowledge(2);
  await fixture.restart();
  settle(fixture, [offline, other]);
  expect(
    fixture
      .desk()
      .current()
      .map(({ id, state }) => [id, state]),
  ).toEqual([
    [1, 'open'],
    [2, 'acknowledged'],
  ]);
  expect(() => fixture.desk().acknowledge(99)).toThrow('there is no alarm "99"');
});

test('what work is being done on is not shown, opens nothing and cures nothing', () => {
  const fixture = openDesk({});
  const ill = { ...offline, id: 'service-host', text: 'service "host" is ill' };
  const inHand = { ...ill, inHand: true } as const;
  settle(fixture, [inHand]);
  expect(fixture.desk().current()).toEqual([]);
  settle(fixture, [ill]);
  fixture.pass(60_000);
  expect(fixture.desk().look([inHand])).toEqual([]);
  expect(fixture.desk().current()).toMatchObject([{ key: 'service-host', state: 'open' }]);
  fixture.desk().look([]);
  expect(fixture.desk().current()).toEqual([]);
});

test('what is acknowledged before it could be told is told no more, nor is its cure', async () => {
  await using sink = await startHttpSink();
  sink.answerWith(500);
  const fixture = openDesk({ chat: { kind: 'webhook', url: sink.url } });
  settle(fixture, [offline]);
  await until(() => fixture.desk().current()[0]?.deliveries[0]?.tries === 1);
  expect(fixture.desk().acknowledge(1)).toMatchObject({ state: 'acknowledged', deliveries: [] });
  fixture.pass(3_600_000);
  fixture.desk().look([]);
  fixture.pass(pace.settleMs);
  fixture.desk().look([]);
  expect(await fixture.desk().test('chat', AbortSignal.timeout(10_000))).toMatchObject([
    { state: 'sent' },
  ]);
  expect(sink.received.map(({ body }) => JSON.parse(body).what)).toEqual(['open', 'test']);
});

test('a clock that is set back holds no alarm up, nor its cure', () => {
  const fixture = openDesk({});
  fixture.desk().look([]);
  fixture.pass(-400 * 24 * 3_600_000);
  settle(fixture, [offline]);
  expect(fixture.desk().current()).toMatchObject([{ state: 'open' }]);
  fixture.pass(-400 * 24 * 3_600_000);
  fixture.desk().look([]);
  fixture.pass(pace.settleMs);
  fixture.desk().look([]);
  expect(fixture.desk().cured()).toHaveLength(1);
});

test('a route takes only what is bad enough for it', async () => {
  await using sink = await startHttpSink();
  const fixture = openDesk({
    errors: { kind: 'webhook', url: `${sink.url}/errors`, minimum: 'error' },
    all: { kind: 'webhook', url: `${sink.url}/all` },
  });
  settle(fixture, [{ ...offline, severity: 'warning' }]);
  await until(() => sink.received.length === 1);
  expect(sink.received.map(({ path }) => path)).toEqual(['/all']);
});

test('a route by which nothing gets through is told by the others, and not by itself', async () => {
  await using sink = await startHttpSink();
  const fixture = openDesk({
    broken: { kind: 'webhook', url: `${sink.url}/broken` },
    good: { kind: 'webhook', url: `${sink.url}/good` },
  });
  sink.answerWith(200, 404);
  await fixture.desk().test('good', AbortSignal.timeout(10_000));
  settle(fixture, [offline]);
  await until(() => sink.received.length === 3);
  await until(() => fixture.desk().routeProblems().length === 1);
  const found = fixture.desk().routeProblems();
  expect(found).toMatchObject([
    {
      id: 'route-broken',
      text: 'alarms are not told by route "broken": it answered 404 Not Found',
    },
  ]);
  settle(fixture, [offline, ...found]);
  await until(() => sink.received.length === 4);
  expect(sink.received.at(-1)?.path).toBe('/good');
  expect(fixture.desk().routes()).toMatchObject([
    {
      name: 'broken',
      kind: 'webhook',
      to: `${sink.url}/...`,
      lastProblem: { problem: 'it answered 404 Not Found' },
    },
    { name: 'good' },
  ]);
  await fixture.desk().test('broken', AbortSignal.timeout(10_000));
  expect(fixture.desk().routeProblems()).toEqual([]);
});

test('what waits for a route that is gone is forgotten', async () => {
  await using sink = await startHttpSink();
  sink.answerWith(500);
  const fixture = openDesk({ chat: { kind: 'webhook', url: sink.url } });
  settle(fixture, [offline]);
  await until(() => fixture.desk().current()[0]?.deliveries[0]?.tries === 1);
  fixture.routes = {};
  fixture.desk().look([offline]);
  await until(() => fixture.desk().current()[0]?.deliveries.length === 0);
  expect(sink.received).toHaveLength(1);
});

test('what is wrong is seen also while no alarm can be written down, and is one afterwards', () => {
  const fixture = openDesk({});
  using disk = refusingAlarms(fixture.path);
  const seen = fixture.desk().look([offline]);
  fixture.pass(pace.settleMs);
  expect(fixture.desk().look([offline])).toEqual(seen);
  expect(seen).toMatchObject([{ id: offline.id, text: offline.text }]);
  expect(fixture.log).toEqual(['error alarms could not be written down: no room']);
  disk.hasRoom();
  settle(fixture, [offline]);
  expect(fixture.desk().current()).toMatchObject([{ key: offline.id, state: 'open' }]);
});

/** Stands for a full disk: no alarm gets into the state file. */
function refusingAlarms(path: string): Disposable & { hasRoom(): void } {
  const database = new Database(path);
  database.exec(
    "create trigger refusing before insert on alarms begin select raise(abort, 'no room'); end",
  );
  return {
    hasRoom: () => database.exec('drop trigger refusing'),
    [Symbol.dispose]: () => database.close(),
  };
}
