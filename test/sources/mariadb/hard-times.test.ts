import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { connectMariadb } from '../../../agent/databases/mariadb/connect.ts';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { DumpFacts } from '../../../agent/sources/mariadb/dump-facts.ts';
import { restoreFindings } from '../../../agent/sources/mariadb/restore-findings.ts';
import { openMariadbSource } from '../../../agent/sources/mariadb/source.ts';
import { failureOf } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { mariadbApp, smallApp, visitsOf } from '../../support/mariadb-app.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';
import { recordedWork } from '../../support/recorded-work.ts';
import { takeMembers } from '../../support/take-members.ts';
import { until } from '../../support/until.ts';

const { signal } = new AbortController();
let server: TestMariadb;

beforeAll(async () => {
  if (hasMariadb) server = await startMariadb();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

async function connect(database: string) {
  const place = { socket: server.socket, host: 'localhost', port: server.port };
  return await connectMariadb(
    { place, isLocal: true, user: 'root', password: undefined, database },
    signal,
  );
}

/** Somebody who moves money from one account to the other, each time in one transaction, until disposed. */
async function mover(database: string, from: number, to: number): Promise<AsyncDisposable> {
  const over = new AbortController();
  const session = await connect(database);
  const move = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await session.query('START TRANSACTION', signal);
      await session.query(`UPDATE account SET amount = amount - 1 WHERE id = ${from}`, signal);
      await session.query('INSERT INTO history (moved) VALUES (1)', signal);
      await session.query(`UPDATE other SET amount = amount + 1 WHERE id = ${to}`, signal);
      await session.query('COMMIT', signal);
    }
  };
  const moving = move();
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      await moving;
      session[Symbol.dispose]();
    },
  };
}

testWithMariadb(
  'a backup under load, full and differential, is one moment: no transaction is half in it',
  async () => {
    server.sql(
      `CREATE DATABASE bank; USE bank; CREATE TABLE account (id INT PRIMARY KEY, amount INT, filler CHAR(200) DEFAULT 'x');
       CREATE TABLE other LIKE account; CREATE TABLE history (id INT AUTO_INCREMENT PRIMARY KEY, moved INT);
       INSERT INTO account (id, amount) SELECT seq, 0 FROM seq_1_to_20000; INSERT INTO other SELECT * FROM account`,
    );
    using app = mariadbApp(server, 'bank');
    const moved = (): number => Number(server.sql('SELECT COUNT(*) FROM bank.history'));
    const sums = (): string =>
      server.sql(
        `SELECT (SELECT -SUM(amount) FROM bank.account), (SELECT SUM(amount) FROM bank.other), (SELECT COUNT(*) FROM bank.history)`,
      );
    const taken = [];
    {
      await using _one = await mover('bank', 1, 20_000);
      await using _other = await mover('bank', 19_999, 2);
      await until(() => moved() > 50, 30_000, 50);
      const full = await app.backup();
      const atFull = moved();
      await until(() => moved() > atFull + 50, 30_000, 50);
      const differential = await app.backup(full);
      expect([differential.kind, moved() > atFull]).toEqual(['differential', true]);
      taken.push(full, differential);
    }
    const all = moved();
    let before = 0;
    for (const backup of taken) {
      await app.restore(await app.plan(backup));
      const now = moved();
      expect([sums(), backup.outcome]).toEqual([`${now}\t${now}\t${now}`, 'complete']);
      expect([now > before, now < all]).toEqual([true, true]);
      before = now;
    }
  },
  120_000,
);

/** Down and up again, in the middle of whatever it does. */
async function killServer(): Promise<void> {
  await server.stop('SIGKILL');
  await server.start();
}

testWithMariadb('a server that is killed in the middle of a dump leaves no backup', async () => {
  using app = smallApp(server);
  using locker = await connect(app.database);
  await locker.query('LOCK TABLES visit WRITE', signal);
  const backup = failure(app.backup());
  const waiting = `SELECT COUNT(*) FROM information_schema.processlist WHERE db = '${app.database}' AND state LIKE 'Waiting%'`;
  await until(() => server.sql(waiting) !== '0', 30_000, 50);
  await killServer();
  expect(await backup).toMatchObject({ code: 'nothing-captured' });
  expect([readdirSync(app.backups), readdirSync(app.work(1).scratch)]).toEqual([[], []]);
  expect((await app.backup()).outcome).toBe('complete');
});

testWithMariadb(
  'a server that is killed while a dump is loaded comes up with the old database alone',
  async () => {
    using app = smallApp(server, 200_000);
    const backup = await app.backup();
    server.sql(`DELETE FROM ${app.database}.visit WHERE id > 2`);
    const restoring = failure(app.restore(await app.plan(backup)));
    await until(() => app.databases().some((name) => name.includes('__kedge_new')), 30_000, 50);
    await killServer();
    expect(await restoring).not.toBe('nothing failed');
    await app.recover();
    expect(findUnfinishedJournals(app.stateFolder)).toEqual([]);
    expect([app.databases(), visitsOf(server, app)]).toEqual([[app.database], '2']);
  },
  90_000,
);

testWithMariadb('a backup of a newer server, or of one of another make, is refused', async () => {
  using app: DatabaseFixture = smallApp(server);
  const reached = { socket: server.socket, user: 'root' };
  const source = openMariadbSource('db', {
    engine: 'mariadb',
    database: app.database,
    ...reached,
  });
  const { members } = await takeMembers(source, recordedWork());
  const facts = DumpFacts.parse(
    JSON.parse(members.find(({ name }) => name === 'db/database.json')?.content.toString() ?? ''),
  );
  const refused = async (changes: Partial<DumpFacts>) => {
    const server = { engine: 'mariadb', name: app.database, ...reached } as const;
    const asked = { source: 'db', server, facts: { ...facts, ...changes } };
    return (await restoreFindings(asked, signal)).obstacles;
  };
  expect(await refused({})).toEqual([]);
  expect(await refused({ server: '99.1.2' })).toEqual([
    expect.stringMatching(
      /^it was taken from MariaDB 99\.1\.2, and this server is [\d.]+: an older one can't take it$/,
    ),
  ]);
  expect(await refused({ product: 'MySQL', server: '8.0.36' })).toEqual([
    expect.stringMatching(/^it was taken from MySQL 8\.0\.36, and this server is MariaDB/),
  ]);
});

testWithMariadb(
  'over TLS with a password it comes back, and the password stands in no argument or environment',
  async () => {
    server.sql(
      `CREATE USER remote@'127.0.0.1' IDENTIFIED BY 'Sesame7' REQUIRE SSL; GRANT ALL ON *.* TO remote@'127.0.0.1'`,
    );
    using made = smallApp(server, 20_000);
    const file = join(made.home, 'password');
    writeFileSync(file, 'Sesame7\n', { mode: 0o600 });
    using app = mariadbApp(server, made.database, {
      socket: undefined,
      host: '127.0.0.1',
      port: server.port,
      user: 'remote',
      password: { file },
      tls: { ca: server.certificate },
    });
    const backup = await app.backup();
    server.sql(`DELETE FROM ${app.database}.visit`);
    const plan = await app.plan(backup);
    const work = app.work();
    let told = '';
    const restoring = app.restore(plan, work);
    await until(() => {
      told = toldOf(`/mariadb\0--defaults-file=${work.scratch}/`);
      return told !== '';
    });
    const { undo = '' } = await restoring;
    expect(told).toContain('login.cnf');
    expect(told).not.toContain('Sesame7');
    expect([visitsOf(server, app), readdirSync(work.scratch)]).toEqual(['20000', []]);
    await app.undo(undo);
    expect(visitsOf(server, app)).toBe('0');
  },
);

/** Arguments and environment of a process, by how it was called. */
function toldOf(called: string): string {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (command.includes(called)) return command + readFileSync(`/proc/${pid}/environ`, 'utf8');
    } catch {
      // It ended meanwhile.
    }
  return '';
}
