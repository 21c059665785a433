import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, test as always, beforeAll, expect } from 'vitest';
import type { JobResult } from '../../../protocol/domain/job.ts';
import { backupCreate } from '../../../protocol/methods/backup.ts';
import { drillRun } from '../../../protocol/methods/drill.ts';
import { restorePlan, restoreRun, undoRun } from '../../../protocol/methods/restore.ts';
import type { Session } from '../../support/kedge.ts';
import { testWith } from '../../support/require-tool.ts';
import { type InstalledKedge, installKedge } from '../../support/systemd/installed-kedge.ts';
import { hasSystemd, testWithSystemd } from '../../support/systemd/test-with-systemd.ts';

const skipped = testWithSystemd();
const tools = ['pg_createcluster', 'mariadb-install-db', 'mariadbd', 'mariadb-backup'];
const test = hasSystemd ? testWith(...tools) : skipped;
const canRun = test === always;

let kedge: InstalledKedge;

/** As the packages have them, but for where the data lies: that of the machine is not seen as one file system. */
const around = `/srv/servers-${process.pid}`;
const folders = { postgres: `${around}/postgresql/main`, mariadb: `${around}/mysql/data` };
const version = canRun ? (readdirSync('/usr/lib/postgresql').toSorted().at(-1) ?? '') : '';
const units = { postgres: `postgresql@${version}-kedge.service`, mariadb: 'mariadb.service' };

const asPostgres = 'setpriv --reuid=postgres --regid=postgres --clear-groups psql -XqAt';
const dropIn = `[Service]
RuntimeDirectory=mysqld
Environment="MYSQLD_OPTS=--skip-networking --datadir=${folders.mariadb}"`;

/** The roles are those that "kedge init" prints; rules for them in pg_hba.conf are the package's own. */
const data = `
mkdir -p ${around}/postgresql ${around}/mysql /run/postgresql /etc/systemd/system/mariadb.service.d
chown postgres: /run/postgresql
pg_createcluster -d ${folders.postgres} -s /run/postgresql -o listen_addresses= -p 5432 ${version} kedge
mariadb-install-db --user=mysql --datadir=${folders.mariadb} --auth-root-authentication-method=socket
echo '${dropIn}' > /etc/systemd/system/mariadb.service.d/kedge-test.conf
systemctl daemon-reload
systemctl start ${units.postgres} ${units.mariadb}
${asPostgres} -c 'CREATE ROLE kedge LOGIN REPLICATION' -c 'GRANT pg_monitor TO kedge' \
  -c 'create table visit as select generate_series(1, 1000)'
mariadb -e "CREATE USER kedge@localhost IDENTIFIED VIA unix_socket;
  GRANT RELOAD, PROCESS, LOCK TABLES, BINLOG MONITOR ON *.* TO kedge@localhost;
  create database shop; use shop; create table visit as select seq from seq_1_to_1000"`;

const rows = {
  postgres: `${asPostgres} -c "select count(*) from visit"`,
  mariadb: `mariadb -Ne "select count(*) from shop.visit"`,
} as const;
const losses = {
  postgres: `${asPostgres} -c "delete from visit"`,
  mariadb: `mariadb -e "delete from shop.visit"`,
} as const;
const names = ['postgres', 'mariadb'] as const;

beforeAll(async () => {
  if (!canRun) return;
  const service = (unit: string) => ({ manager: 'systemd', role: 'database', unit });
  const config = {
    sources: {
      postgres: { engine: 'postgres-server', data: folders.postgres, user: 'kedge' },
      mariadb: { engine: 'mariadb-server', data: folders.mariadb, user: 'kedge' },
    },
    services: { postgres: service(units.postgres), mariadb: service(units.mariadb) },
  };
  kedge = await installKedge({ config, data });
  await kedge.sh('systemctl start kedge.service');
}, 120_000);
afterAll(async () => await kedge?.[Symbol.asyncDispose]());

async function resultOf<K extends JobResult['kind']>(
  session: Session,
  kind: K,
  started: Promise<{ job: number }>,
): Promise<Extract<JobResult, { kind: K }>> {
  const { state } = await session.ended((await started).job);
  if (state.kind !== 'done' || !isOf(kind, state.result)) throw new Error(JSON.stringify(state));
  return state.result;
}

function isOf<K extends JobResult['kind']>(
  kind: K,
  result: JobResult,
): result is Extract<JobResult, { kind: K }> {
  return result.kind === kind;
}

const confirmation = 'Clinic';
const requested = () => ({ requestId: randomUUID() });
const owners = async () =>
  await kedge.sh(`stat -c '%U:%G %a' ${folders.postgres} ${folders.mariadb}`);

test('it takes whole servers of the packages, proves them, brings each back to its owner, and undoes it', async () => {
  using session = await kedge.session();
  const taking = session.call(backupCreate, requested());
  const { backup } = await resultOf(session, 'backup', taking);
  expect(backup.gaps).toEqual([]);
  const reference = { kind: 'id', id: backup.id } as const;
  const trying = session.call(drillRun, { ...requested(), backup: reference });
  const { drill } = await resultOf(session, 'drill', trying);
  expect(drill.problems).toEqual([]);
  expect(drill.sources.flatMap(({ notes }) => notes)).toEqual([
    expect.stringContaining('a server of its own came up on it'),
    expect.stringContaining('a MariaDB server was started on'),
  ]);
  const before = await owners();
  const undoes: string[] = [];
  for (const source of names) {
    await kedge.sh(losses[source]);
    const planning = { ...requested(), backup: reference, parts: [{ source }] };
    const { plan } = await resultOf(session, 'plan', session.call(restorePlan, planning));
    expect(plan.obstacles).toEqual([]);
    const order = { ...requested(), plan: plan.id, confirmation };
    const { restore } = await resultOf(session, 'restore', session.call(restoreRun, order));
    expect(restore.outcome).toBe('restored');
    expect(await kedge.sh(rows[source])).toBe('1000\n');
    undoes.push(restore.undo ?? '');
  }
  const undo = { ...requested(), undo: undoes.at(-1) ?? '', confirmation };
  const undone = await resultOf(session, 'restore', session.call(undoRun, undo));
  expect(undone.restore.outcome).toBe('undone');
  expect(await kedge.sh(rows.mariadb)).toBe('0\n');
  expect(await owners()).toBe(before);
}, 180_000);
