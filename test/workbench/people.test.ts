import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../protocol/domain/audit.ts';
import type { Role } from '../../protocol/domain/role.ts';
import { auditList } from '../../protocol/methods/audit.ts';
import { protocolVersion, sessionOpen } from '../../protocol/methods/session.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedNowMs } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const large = { columns: 120, rows: 40 };
const small = { columns: 80, rows: 24 };

function entry(id: number, changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id,
    atMs: cannedNowMs - (300 - id) * 60_000,
    method: 'backup.create',
    params: { name: `n${id}`, destination: { kind: 'store', store: 'local' } },
    socket: '/run/kedge/kedge.sock',
    role: 'admin',
    claimedUser: 'ali',
    tty: 'pts/3',
    client: 'kedge',
    outcome: { kind: 'done', job: id },
    ...changes,
  };
}

const refused = entry(299, {
  method: 'restore.run',
  role: 'viewer',
  claimedUser: 'mina',
  socket: '/run/kedge/viewer.sock',
  outcome: { kind: 'failed', code: 'forbidden' },
});

function come(role: Role): void {
  fake.answer(sessionOpen, () => ({
    version: protocolVersion,
    capabilities: [],
    kedgeVersion: '0.1.0',
    pid: 1,
    installation: 'i',
    epoch: fake.epoch,
    home: '/',
    session: 7,
    role,
  }));
}

describe.each([large, small])('in $columns columns', (size) => {
  test('the audit stands behind u in the settings: newest first, filtered by /, older by o', async () => {
    const all = Array.from({ length: 298 }, (_, at) => entry(298 - at));
    fake.answer(auditList, ({ before = 1_000, limit }) => {
      const older = [refused, ...all].filter(({ id }) => id < before);
      return { entries: older.slice(0, limit), more: older.length > limit };
    });
    await using screen = await openTestWorkbench(fake, size);
    await screen.shows('Clinic');
    screen.press('8');
    await screen.shows('Audit ]');
    screen.press('u');
    await screen.shows(/> .*mina \(pts\/3\).*REFUSED +restore\.run/);
    await screen.shows(/ali \(pts\/3\).*job 298 +backup\.create name=n298/);
    await screen.shows('/run/kedge/viewer.sock');
    screen.press('/', ...'n105', '\r');
    await screen.shows(/> .*job 105/);
    screen.press('\u001B');
    screen.press('o');
    await expect.poll(() => fake.calls.at(-1)?.params).toMatchObject({ before: 100 });
    screen.press('/', ...'n42', '\r');
    await screen.shows(/> .*job 42 /);
    screen.press('\u001B', '\u001B');
    await screen.shows('Edit the configuration');
  });

  test('others who are here stand in the title, and go with their window', async () => {
    come('admin');
    await using screen = await openTestWorkbench(fake, size);
    await screen.shows('Clinic');
    const sara = { session: 8, user: 'sara', tty: 'tty2', role: 'admin', sinceMs: 0 } as const;
    const own = { ...sara, session: 7, user: 'ali', view: 'overview' };
    fake.notify({ topic: 'people', people: [own, { ...sara, view: 'restore' }] });
    await screen.shows(size === large ? '+ sara, tty2, in Restore' : '+ sara ');
    const more = { ...sara, session: 9, view: 'jobs' };
    fake.notify({ topic: 'people', people: [own, { ...sara, view: 'jobs' }, more] });
    await screen.shows(size === large ? '+ sara, tty2, in Jobs and 1 more' : '+ sara +1');
    fake.notify({ topic: 'people', people: [own] });
    await expect.poll(() => screen.text()).not.toContain('sara');
  });
});

test('a viewer is told so in the title, and why what changes something is not to be had', async () => {
  come('viewer');
  await using screen = await openTestWorkbench(fake, large);
  await screen.shows(' VIEWER ');
  screen.press(':', ...'back up now');
  await screen.shows('takes the role operator, and you are viewer here');
  screen.press('\u001B');
  screen.running.bench.run({ command: 'service.restart', args: { service: 'host' } });
  await screen.shows('it takes the role operator, and you are viewer here');
  // What would be refused is not asked: Kedge would write it down.
  screen.press('2');
  await screen.shows('Back up now');
  screen.press('\u001B', '5');
  await screen.shows('running, GET /health 200');
  await expect.poll(() => fake.calls.map(({ method }) => method)).toContain('service.history');
  screen.press('8');
  await screen.shows(/State +it takes the role admin/);
  const beyond = ['service.restart', 'service.logs', 'backup.estimate', 'config.get'];
  expect(fake.calls.filter(({ method }) => beyond.includes(method))).toEqual([]);
});

test('a viewer is offered no key and no button that leads nowhere, and leaves a demo without a question', async () => {
  come('viewer');
  fake.snapshot = {
    ...fake.snapshot,
    demo: { home: '/home/ali/demo', url: 'http://127.0.0.1:1/' },
  };
  await using screen = await openTestWorkbench(fake, small);
  await screen.shows('All is well');
  const hints = () => screen.rows().at(-2) ?? '';
  const offered: string[] = [];
  for (const [key, there] of [
    ['1', 'M calendar'],
    ['3', '@ by day and time'],
    ['4', 'Enter its runs'],
    ['5', '/ filter'],
    ['7', 't trash'],
  ] as const) {
    screen.press(key);
    await until(() => hints().includes(there));
    await screen.settled();
    offered.push(hints());
  }
  expect(offered.join()).not.toMatch(/back up|reset|verify|show the plan|create|change|stop|start/);
  screen.press('5', 'm');
  await screen.shows(/Open: log +\(it takes the role operator/);
  screen.press('\u001B');
  screen.press('5', '\u001B[Z', '\r');
  await screen.shows('it takes the role operator');
  // Of several buttons in a row the reason is said once.
  screen.press('8');
  await screen.shows(
    /\[ Keys \] +\[ Doctor \] +\[ Audit \]\n +\[ Test alarms \] it takes the role/,
  );
  screen.press('q');
  await until(() => screen.left() === 0);
});

test.each([
  ['operator', 'As operator you back up', 'Press b to back up now.'],
  ['viewer', 'As viewer you see how things stand', 'An admin can create one.'],
] as const)(
  'an %s reads what there is to do instead, and at the button in focus why it leads nowhere',
  async (role, may, empty) => {
    come(role);
    fake.snapshot = { ...fake.snapshot, schedules: [], services: [], stores: [] };
    await using screen = await openTestWorkbench(fake, small);
    const hints = () => screen.rows().at(-2) ?? '';
    await screen.shows('Clinic');
    screen.press('8');
    await screen.shows('>[ Edit the configuration ]');
    expect(hints()).toBe(` it takes the role admin, and you are ${role} here  i interface`);
    screen.press('\t');
    await screen.shows(/>\[ As a form \] it takes the role admin/);
    expect(hints()).toBe(' i interface');
    expect(screen.text()).toContain(may);
    screen.press('4');
    await screen.shows('No schedule yet: nothing is backed up by itself.');
    await screen.shows(empty);
    expect(screen.text()).not.toContain('Press c');
    screen.press('1');
    await screen.shows('none scheduled. An admin can create a schedule.');
    screen.press('5');
    await screen.shows('No services are configured. An admin can add them');
    screen.press('7');
    await screen.shows('No destination is configured. An admin can add one');
  },
);

test('the palette says who is here', async () => {
  come('admin');
  fake.snapshot = {
    ...fake.snapshot,
    people: [{ session: 7, user: 'ali', role: 'admin', view: 'jobs', sinceMs: cannedNowMs }],
  };
  await using screen = await openTestWorkbench(fake, small);
  await screen.shows('Clinic');
  screen.press(':', ...'who is here', '\r');
  await screen.shows(/ali \(you\).*admin.*Jobs/);
  await screen.shows('─ Who is here ─');
  await screen.shows('Enter or Esc close');
});
