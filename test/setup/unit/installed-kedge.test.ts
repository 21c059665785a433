import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect } from 'vitest';
import type { JobResult } from '../../../protocol/domain/job.ts';
import { backupCreate } from '../../../protocol/methods/backup.ts';
import { restorePlan, restoreRun } from '../../../protocol/methods/restore.ts';
import { serviceReset, serviceResetPlan } from '../../../protocol/methods/service.ts';
import type { Session } from '../../support/kedge.ts';
import {
  clinic,
  type InstalledKedge,
  installKedge,
  unitIs,
} from '../../support/systemd/installed-kedge.ts';
import { hasSystemd, testWithSystemd } from '../../support/systemd/test-with-systemd.ts';
import { until } from '../../support/until.ts';

const test = testWithSystemd();

let kedge: InstalledKedge;

/** Rights as they must come back: 0600 of another user, an ACL, a group of its own for what is added. */
const data = `
sqlite3 clinic.sqlite 'pragma journal_mode=wal; create table t(x); insert into t values(1)'
cd uploads; mkdir shared; echo one > private.txt; echo two > shared/two.txt
chmod 600 private.txt; setfacl -m u:nobody:r private.txt; chmod 2770 shared
head -c 1000000 /dev/urandom > large.bin
`;
const hold = '/var/backups/hold';
const hook = `
cd /var/backups/clinic; grep ^Cap /proc/self/status > hook; env >> hook
while [ -e ${hold} ]; do touch held; sleep 0.05; done
`;

beforeAll(async () => {
  if (!hasSystemd) return;
  const quiesce = { kind: 'hook', before: ['/bin/sh', '-c', hook], after: ['/bin/true'] };
  const config = {
    sources: {
      database: { engine: 'sqlite', path: clinic.database, quiesce },
      uploads: { engine: 'files', path: clinic.uploads },
    },
  };
  kedge = await installKedge({ config, data });
  await kedge.sh('systemctl start kedge.service');
});
afterAll(async () => await kedge?.[Symbol.asyncDispose]());

async function resultOf(session: Session, started: Promise<{ job: number }>): Promise<JobResult> {
  const { state } = await session.ended((await started).job);
  if (state.kind !== 'done') throw new Error(JSON.stringify(state));
  return state.result;
}

/** What of rights an administrator sees. */
const rights = async (): Promise<string> =>
  await kedge.sh(
    `cd ${clinic.folder}; stat -c "%n %U:%G %a" uploads uploads/* uploads/shared/* clinic.sqlite; getfacl -p uploads/private.txt`,
  );

test('it is ready when its start has ended, as the unprivileged user', async () => {
  expect(await kedge.show('StatusText')).toBe('ready');
  expect((await kedge.sh('stat -c "%U %a" /run/kedge/kedge.sock')).trim()).toBe('kedge 600');
});

test('its exposure is 3.0 at the most', async () => {
  const said = await kedge.sh('systemd-analyze security --no-pager kedge.service | tail -1');
  expect(Number(/: ([0-9.]+) /.exec(said)?.[1])).toBeLessThanOrEqual(3);
});

test('its lines are in the journal with their priorities, and without them in the text', async () => {
  const lines = (await kedge.sh('journalctl -u kedge.service -o json --no-pager'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const ready = lines.find(({ MESSAGE }) => /Kedge is ready/.test(MESSAGE));
  expect(ready).toMatchObject({ PRIORITY: '6', MESSAGE: expect.stringMatching(/^Kedge is ready/) });
});

test('uploads of another user come back with owner, mode and ACL', async () => {
  using session = await kedge.session();
  const before = await rights();
  expect(before).toMatch(/uploads\/private.txt clinic:clinic 640/);
  expect(before).toMatch(/uploads\/shared clinic:clinic 2770/);
  expect(before).toMatch(/user:nobody:r--/);
  const taken = await resultOf(session, session.call(backupCreate, { requestId: randomUUID() }));
  if (taken.kind !== 'backup') throw new Error(taken.kind);
  expect(taken.backup.gaps).toEqual([]);
  expect(await kedge.sh(`stat -c %U ${clinic.database}-shm`)).toBe('clinic\n');
  await kedge.sh(`cd ${clinic.folder}; rm -r uploads/*; sqlite3 clinic.sqlite "delete from t"`);
  const planned = await resultOf(
    session,
    session.call(restorePlan, {
      requestId: randomUUID(),
      backup: { kind: 'id', id: taken.backup.id },
    }),
  );
  if (planned.kind !== 'plan') throw new Error(planned.kind);
  expect(planned.plan.obstacles).toEqual([]);
  const order = { requestId: randomUUID(), plan: planned.plan.id, confirmation: 'Clinic' };
  const restored = await resultOf(session, session.call(restoreRun, order));
  expect(restored).toMatchObject({ restore: { outcome: 'restored' } });
  expect(await rights()).toBe(before);
  expect(await kedge.sh(`sqlite3 ${clinic.database} "select count(*) from t"`)).toBe('1\n');
}, 60_000);

test('the application can write to its database after it was read while nobody had it open', async () => {
  const sides = await kedge.sh(`stat -c "%U" ${clinic.database}*`);
  expect(sides).not.toContain('kedge');
  const insert = `sqlite3 ${clinic.database} "insert into t values(2)"`;
  await kedge.sh(`setpriv --reuid=clinic --regid=clinic --clear-groups ${insert}`);
});

test('hooks have none of its capabilities, and nothing of its environment', async () => {
  const said = await kedge.sh('cat /var/backups/clinic/hook');
  expect(said).toMatch(/CapEff:\t0+\n/);
  expect(said).toMatch(/CapAmb:\t0+\n/);
  expect(said).not.toMatch(/NOTIFY_SOCKET|STATE_DIRECTORY|INVOCATION_ID/);
});

test('what the configuration asks for beyond its unit is named, with the cure', async () => {
  using session = await kedge.session();
  const text = await kedge.sh('cat /etc/kedge/kedge.jsonc');
  await kedge.sh('mkdir -p /opt/other /opt/store; chmod 700 /opt/other');
  const config = JSON.parse(text);
  config.sources.other = { engine: 'files', path: '/opt/other/files' };
  config.stores.later = { kind: 'local', path: '/opt/store' };
  config.services = { later: { manager: 'systemd', role: 'host', unit: 'klater.service' } };
  await kedge.system.addUnits({ 'klater.service': '[Service]\nExecStart=/bin/sleep infinity\n' });
  await kedge.sh('systemctl start klater.service');
  writeFileSync(kedge.path('/etc/kedge/kedge.jsonc'), JSON.stringify(config));
  const { change } = await session.until(
    (notice) =>
      notice.change.topic === 'problems' &&
      notice.change.problems.some(({ text: said }) => said.includes('kedge install')),
  );
  if (change.topic !== 'problems') throw new Error(change.topic);
  const said = change.problems.map((problem) => problem.text).filter((one) => /install/.test(one));
  expect(said.toSorted()).toEqual([
    'destination "later" needs "kedge install" again: Kedge may not write to "/opt/store"',
    'service "later" needs "kedge install" again: Kedge may not control its unit',
    expect.stringMatching(/^source "other" needs "kedge install" again: .*as a restore must$/),
  ]);
  writeFileSync(kedge.path('/etc/kedge/kedge.jsonc'), text);
  await session.until(
    (notice) =>
      notice.seq > 0 &&
      notice.change.topic === 'problems' &&
      !notice.change.problems.some(({ text: left }) => left.includes('kedge install')),
  );
});

test('a stop during a backup ends well and leaves no half archive', async () => {
  using session = await kedge.session();
  const store = kedge.path('/var/backups/clinic');
  const listed = readdirSync(store);
  // Its hook waits for as long as that is there.
  await kedge.sh(`touch ${hold}`);
  const { job } = await session.call(backupCreate, { requestId: randomUUID() });
  await until(() => existsSync(`${store}/held`));
  expect(readdirSync(store).filter((name) => name.endsWith('.partial')).length).toBe(1);
  await kedge.sh('systemctl stop kedge.service');
  await kedge.sh(`rm ${hold} /var/backups/clinic/held`);
  expect(await kedge.show('Result')).toBe('success');
  expect(readdirSync(kedge.path('/var/backups/clinic'))).toEqual(listed);
  await kedge.sh('systemctl start kedge.service');
  using later = await kedge.session();
  expect((await later.ended(job)).state).toMatchObject({
    kind: 'failed',
    failure: { code: 'interrupted', params: { why: 'Kedge was stopped' } },
  });
}, 60_000);

test('one whose main loop stands still is started again by the watchdog', async () => {
  await kedge.override('WatchdogSec=2\nRestartSec=100ms');
  await kedge.sh('systemctl restart kedge.service');
  const stalled = await kedge.show('MainPID');
  await kedge.sh(`kill -STOP ${stalled}`);
  await until(async () => (await kedge.show('NRestarts')) === '1', 20_000);
  await unitIs(kedge, 'active');
  expect(await kedge.show('MainPID')).not.toBe(stalled);
  await kedge.override('');
  await kedge.sh('systemctl restart kedge.service');
}, 60_000);

test('Kedge restarts itself when it is asked to, and the job ends under its number', async () => {
  const before = await kedge.show('MainPID');
  using asked = await kedge.session();
  const { steps, problems } = await asked.call(serviceResetPlan, { services: [], kedge: true });
  expect([steps.map(({ action }) => action), problems]).toEqual([['restart'], []]);
  const request = { requestId: randomUUID(), services: [], kedge: true };
  const started = asked.call(serviceReset, request);
  await started;
  await until(async () => (await kedge.show('MainPID')) !== before, 20_000);
  await until(async () => (await kedge.show('StatusText')) === 'ready', 20_000);
  using session = await kedge.session();
  const result = await resultOf(session, started);
  const pid = await kedge.show('MainPID');
  expect(result).toMatchObject({
    reset: { outcome: 'done', steps: [{ action: 'restart', detail: `process ${pid}` }] },
  });
  expect(await kedge.show('NRestarts')).toBe('0');
});

test('what no restart can cure is not tried again', async () => {
  await kedge.sh('systemctl stop kedge.service');
  await kedge.sh('cd /var/lib/kedge; rm -f state.sqlite-*; echo no database > state.sqlite');
  await expect(kedge.sh('systemctl start kedge.service')).rejects.toThrow();
  expect(await kedge.show('ExecMainStatus')).toBe('78');
  expect(await kedge.show('NRestarts')).toBe('0');
  expect(await kedge.show('ActiveState')).toBe('failed');
  expect(existsSync(kedge.path('/var/lib/kedge/state.sqlite'))).toBe(true);
}, 60_000);
