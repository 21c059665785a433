import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Service } from '../../../protocol/domain/service.ts';
import { serviceClients } from '../../../protocol/methods/client.ts';
import { serviceStart } from '../../../protocol/methods/service.ts';
import { wordClock } from '../../../tui/texts/moment.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { cannedNowMs, cannedSnapshot } from '../../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../../support/fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from '../../support/test-workbench.ts';
import { until } from '../../support/until.ts';

const MiB = 1024 * 1024;
const day = 86_400_000;

function one(id: string, changes: Partial<Service>): Service {
  return {
    id,
    role: 'host',
    manager: 'process',
    dependsOn: [],
    health: 'healthy',
    why: 'running',
    sinceMs: cannedNowMs - 3 * day,
    restarts: 0,
    ...changes,
  };
}

const services: readonly Service[] = [
  one('agent', {
    dependsOn: ['host', 'cache'],
    health: 'stopped',
    why: 'stopped',
    sinceMs: cannedNowMs - 65_000,
  }),
  one('host', {
    dependsOn: ['database'],
    health: 'ill',
    why: 'GET /health gave 503',
    sinceMs: cannedNowMs - 40_000,
    badSinceMs: cannedNowMs - 55_000,
    pid: 4711,
    memoryBytes: 412 * MiB,
    cpuPercent: 97,
    restarts: 2,
  }),
  one('database', {
    manager: 'systemd',
    pid: 800,
    memoryBytes: 96.5 * MiB,
    cpuPercent: 0,
    why: 'running, "Taking your SQL requests now..."',
  }),
  one('cache', { pid: 812 }),
];

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge(cannedSnapshot({ services: [...services] }));
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

async function open(columns: number, rows: number): Promise<TestWorkbench> {
  const screen = await openTestWorkbench(fake, { columns, rows });
  await screen.shows('Kedge ok');
  screen.press('5');
  await screen.shows('database');
  return screen;
}

/** The rows from one that holds `from` to before one that holds `to`, without the column of names. */
function body(screen: TestWorkbench, from: string, to: string): string {
  const rows = screen.rows().map((row) => (row.charAt(17) === '│' ? row.slice(18) : row));
  const first = rows.findIndex((row) => row.includes(from));
  const last = rows.findIndex((row, index) => index > first && row.includes(to));
  return rows.slice(first, last).join('\n').trimEnd();
}

const wide = `
  SERVICE    HEALTH    SINCE      MEMORY    CPU      PID  ALSO NEEDS  WHY
  database   healthy   3 d      96.5 MiB    0 %      800              running, "Taking your SQL reque…
> └ host     ill       40 s      412 MiB   97 %     4711              GET /health gave 503, for 55 s
    └ agent  stopped   1 min                              cache       stopped
  cache      healthy   3 d                           812              running

  agent is stopped
  host is ill: GET /health gave 503, for 55 s
 host needs database · started by Kedge · process 4711 · restarted 2 times · 412 MiB
 7 days  ··▁▅▆█▃▁
 healthy since 11:59: running, GET /health 200
 Last lines
   host listens on 8080`;

const compact = `
  SERVICE    HEALTH    SINCE      MEMORY    CPU  WHY
  database   healthy   3 d      96.5 MiB    0 %  running, "Taking your SQL requ…
> └ host     ill       40 s      412 MiB   97 %  GET /health gave 503, for 55 s
    └ agent  stopped   1 min                     stopped
  cache      healthy   3 d                       running

  agent is stopped
  host is ill: GET /health gave 503, for 55 s
 host needs database · started by Kedge · process 4711 · restarted 2 times
 7 days  ··▁▅▆█▃▁
 healthy since 11:59: running, GET /health 200
 Last lines
   host listens on 8080`;

const narrow = `
  SERVICE    HEALTH    SINCE    WHY
  database   healthy   3 d      running, "Taking your SQL r…
> └ host     ill       40 s     GET /health gave 503, for 5…
    └ agent  stopped   1 min    stopped
  cache      healthy   3 d      running

  agent is stopped
  host is ill: GET /health gave 503, for 55 s
 host needs database · started by Kedge · process 4711
 7 days  ··▁▅▆█▃▁
 healthy since 11:59: running, GET /health 200`;

test.each([
  [120, 40, wide],
  [80, 24, compact],
  [60, 15, narrow],
])(
  'at %ix%i services are a tree, with what they take and what the selected one said last',
  async (columns, rows, shown) => {
    await using screen = await open(columns, rows);
    screen.press('j');
    await screen.shows(columns === 60 ? 'healthy since' : 'host listens on 8080');
    await screen.settled();
    expect(`\n${body(screen, 'SERVICE', 'Reset all')}`).toBe(
      shown.replace('11:59', wordClock(cannedNowMs - 60_000)),
    );
  },
);

test('what acts on the selected row acts on the service that stands there', async () => {
  const stopped: string[] = [];
  fake.answer(serviceStart, ({ service }) => {
    stopped.push(service);
    return { service: { ...one(service, {}) } };
  });
  await using screen = await open(80, 24);
  screen.press('j', 'j', 's');
  await until(() => stopped.length === 1);
  expect(stopped).toEqual(['agent']);
});

test('before several marked services are stopped they are named, and what needs them', async () => {
  await using screen = await open(80, 24);

  // The database and the host.
  screen.press(' ', ' ', 'x');

  await screen.shows('Stops database, host. They stay down until they are started. These need');
  await screen.shows('them: agent.');
});

test('c shows who uses the selected database, or each of the marked ones', async () => {
  fake.answer(serviceClients, ({ service }) => ({
    clients:
      service === 'database' ? [{ service, program: 'report.py', pid: 99, user: 'ali' }] : [],
    problems: [],
  }));
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('agent is stopped');
  screen.press('5', 'c');
  await screen.shows('Clients of a database');
  await screen.shows('Connected to database: ali, report.py, process 99');
  expect(fake.calls.find(({ method }) => method === 'service.clients')?.params).toMatchObject({
    service: 'database',
  });
  screen.press('\r', ' ', ' ', 'c');
  await screen.shows('─ Clients of 2 services ─');
  await screen.shows('Connected to database: ali, report.py, process 99');
  await screen.shows('Nobody is connected to host, as far as Kedge may see.');
});

test('what is done to several services is named for several', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('agent is stopped');
  screen.press('5', ' ', ' ', 'x');
  await screen.shows('[ Stop 2 services ]');
  screen.press('\u001B', 't');
  await screen.shows('[ Restart 2 services ]');
});
