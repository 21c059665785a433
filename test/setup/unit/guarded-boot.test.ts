import { randomUUID } from 'node:crypto';
import { existsSync, watch, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect } from 'vitest';
import type { JobResult } from '../../../protocol/domain/job.ts';
import { backupCreate } from '../../../protocol/methods/backup.ts';
import { restorePlan, restoreRun } from '../../../protocol/methods/restore.ts';
import type { Session } from '../../support/kedge.ts';
import {
  clinic,
  type InstalledKedge,
  installKedge,
  unitIs,
} from '../../support/systemd/installed-kedge.ts';
import { hasSystemd, testWithSystemd } from '../../support/systemd/test-with-systemd.ts';

const test = testWithSystemd();
const guard = '/var/lib/kedge/guard';

let kedge: InstalledKedge;

const data = `
sqlite3 clinic.sqlite 'create table t(x);
  with recursive n(i) as (select 1 union all select i + 1 from n limit 20000) insert into t select randomblob(1000) from n'
echo one > uploads/one.txt
mkdir conf; for at in $(seq 200); do echo then > conf/$at; done
`;
// Each is exchanged by itself, durably: the guard is up for as long as that takes.
const settings = Array.from({ length: 200 }, (_, at) => `${clinic.folder}/conf/${at + 1}`);
const units = {
  'khost.service': '[Service]\nExecStart=/bin/sleep infinity\n',
  // What a boot starts, in one transaction.
  'kboot.target': '[Unit]\nWants=kedge.service kedge-guard.service khost.service\n',
};
const host = { manager: 'systemd', role: 'host', unit: 'khost.service', stableSeconds: 0.2 };

beforeAll(async () => {
  if (!hasSystemd) return;
  const sources = {
    database: { engine: 'sqlite', path: clinic.database },
    uploads: { engine: 'files', path: clinic.uploads },
    settings: { engine: 'settings', paths: settings },
  };
  kedge = await installKedge({ config: { services: { host }, sources }, units, data });
  // Nothing but the "boot" starts it again.
  await kedge.override('Restart=no');
  await kedge.sh('systemctl start khost.service kedge.service');
});
afterAll(async () => await kedge?.[Symbol.asyncDispose]());

async function resultOf(session: Session, started: Promise<{ job: number }>): Promise<JobResult> {
  const { state } = await session.ended((await started).job);
  if (state.kind !== 'done') throw new Error(JSON.stringify(state));
  return state.result;
}

async function planRestore(session: Session): Promise<string> {
  const taken = await resultOf(session, session.call(backupCreate, { requestId: randomUUID() }));
  if (taken.kind !== 'backup') throw new Error(taken.kind);
  await kedge.sh(`sqlite3 ${clinic.database} "delete from t"; rm ${clinic.uploads}/*`);
  await kedge.sh(`cd ${clinic.folder}/conf; for file in *; do echo now > $file; done`);
  const order = { requestId: randomUUID(), backup: { kind: 'id', id: taken.backup.id } } as const;
  const planned = await resultOf(session, session.call(restorePlan, order));
  if (planned.kind !== 'plan') throw new Error(planned.kind);
  expect(planned.plan.obstacles).toEqual([]);
  return planned.plan.id;
}

/** As a power cut: Kedge and all its jobs are gone in the moment in which the guard is there. */
async function killOnceGuarded(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  using _watch = watchGuard(() => {
    if (!existsSync(kedge.path(guard))) return;
    writeFileSync(kedge.path('/sys/fs/cgroup/system.slice/kedge.service/cgroup.kill'), '1');
    resolve();
  });
  await promise;
}

function watchGuard(look: () => void): Disposable {
  const watcher = watch(kedge.path('/var/lib/kedge'), look);
  return { [Symbol.dispose]: () => watcher.close() };
}

test('after a power cut in the middle of an exchange units wait for the recovery, which starts what ran', async () => {
  {
    using session = await kedge.session();
    const plan = await planRestore(session);
    const killed = killOnceGuarded();
    await session.call(restoreRun, { requestId: randomUUID(), plan, confirmation: 'Clinic' });
    await killed;
  }
  await unitIs(kedge, 'failed');
  expect(existsSync(kedge.path(guard))).toBe(true);

  await kedge.sh('systemctl start khost.service');
  expect(await kedge.show('ActiveState', 'khost.service')).toBe('inactive');
  const status = await kedge.system.run(['systemctl', 'status', '--no-pager', 'khost.service']);
  expect(status.stdout).toContain(`ConditionPathExists=!${guard}`);

  await kedge.sh('systemctl reset-failed kedge.service; systemctl start --no-block kboot.target');
  await unitIs(kedge, 'active');
  await unitIs(kedge, 'active', 'khost.service');
  expect(existsSync(kedge.path(guard))).toBe(false);
  const waited = await kedge.show('ExecMainExitTimestampMonotonic', 'kedge-guard.service');
  const started = await kedge.show('ExecMainStartTimestampMonotonic', 'khost.service');
  expect(Number(waited)).toBeGreaterThan(0);
  expect(Number(started)).toBeGreaterThan(Number(waited));
  const found = await kedge.sh(
    `sqlite3 ${clinic.database} "pragma integrity_check; select count(*) from t"; ls ${clinic.uploads}; sort -u ${clinic.folder}/conf/*`,
  );
  // All of the one or all of the other.
  expect(['ok\n20000\none.txt\nthen\n', 'ok\n0\nnow\n']).toContain(found);
}, 60_000);
