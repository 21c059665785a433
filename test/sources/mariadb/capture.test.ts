import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { runVerify } from '../../../agent/backup/run-verify.ts';
import { askedMariadb } from '../../../agent/databases/mariadb/asked-mariadb.ts';
import { findLocalMariadb } from '../../../agent/databases/mariadb/local-mariadb.ts';
import { mariadbByHand } from '../../../agent/sources/mariadb/by-hand.ts';
import { missingRights } from '../../../agent/sources/mariadb/restore-rights.ts';
import { openSession } from '../../../agent/sources/mariadb/sessions.ts';
import { type MariadbSourceSettings, serverOf } from '../../../agent/sources/mariadb/settings.ts';
import { openMariadbSource } from '../../../agent/sources/mariadb/source.ts';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { mariadbApp } from '../../support/mariadb-app.ts';
import { zooContent } from '../../support/mariadb-zoo.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';
import { runAs } from '../../support/private-server.ts';
import { recordedWork } from '../../support/recorded-work.ts';
import { type TakenMember, takeMembers } from '../../support/take-members.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const never = new AbortController().signal;
let server: TestMariadb;

/** Large enough that a program which dumps it is not done before anybody looks. */
const bigRows = 60_000;

beforeAll(async () => {
  if (!hasMariadb) return;
  server = await startMariadb();
  server.sql(zooContent);
  server.sql(
    `CREATE DATABASE busy; USE busy;
     CREATE TABLE big (id INT PRIMARY KEY, amount INT, filler CHAR(200) DEFAULT 'x');
     CREATE TABLE later LIKE big; CREATE VIEW both_of AS SELECT id FROM later;
     INSERT INTO big (id, amount) SELECT seq, 1 FROM seq_1_to_${bigRows};
     INSERT INTO later (id, amount) VALUES (1, 0)`,
  );
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const settings = (changes: Partial<MariadbSourceSettings> = {}): MariadbSourceSettings => ({
  engine: 'mariadb',
  database: 'busy',
  socket: server.socket,
  user: 'root',
  ...changes,
});
const open = (changes: Partial<MariadbSourceSettings> = {}) =>
  openMariadbSource('db', settings(changes));

/** Does something when the first rows come. */
function workWith(meanwhile: () => void) {
  let isDone = false;
  return recordedWork((step) => {
    if (isDone || !step.startsWith('dump')) return;
    isDone = true;
    meanwhile();
  });
}

const failure = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'nothing failed',
    (error: unknown) => wordFailure(failureOf(error)).message,
  );

function contentOf(members: readonly TakenMember[], name: string): string {
  return members.find((member) => member.name === name)?.content.toString() ?? '';
}

testWithMariadb(
  'what is written while a dump is made is in none of its tables, and nobody waits for it',
  async () => {
    const work = workWith(() =>
      server.sql(
        'UPDATE busy.later SET amount = 5; UPDATE busy.big SET amount = 9 WHERE id > 59000',
      ),
    );
    const { members } = await takeMembers(open(), work);
    expect(server.sql('SELECT amount FROM busy.later')).toBe('5');
    expect(contentOf(members, 'db/tables/later.sql')).toContain("(1,0,'x')");
    expect(contentOf(members, 'db/tables/big.sql')).not.toContain(',9,');
    server.sql('UPDATE busy.later SET amount = 0; UPDATE busy.big SET amount = 1');
  },
);

testWithMariadb('a dump whose connection breaks is none, and leaves nothing', async () => {
  const work = workWith(() => {
    const id = server.sql(
      `SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT /*%FROM \`big\`%'`,
    );
    server.sql(`KILL CONNECTION ${id}`);
  });
  expect(await failure(takeMembers(open(), work))).toMatch(
    /mariadb-dump failed: .*when dumping table `big` at row/,
  );
  expect(readdirSync(work.scratch)).toEqual([]);
});

testWithMariadb('what changes between the parts of a dump makes it be taken again', async () => {
  const work = workWith(() =>
    server.sql('ALTER TABLE busy.later ADD COLUMN more INT DEFAULT 7, FORCE'),
  );
  const { members } = await takeMembers(open(), work);
  expect(work.logged).toEqual([expect.stringContaining('changed while it was dumped: once more')]);
  expect(contentOf(members, 'db/tables/later.sql')).toContain("(1,0,'x',7)");
  let number = 0;
  const restless = recordedWork((step) => {
    if (step !== 'dump db') return;
    number += 1;
    server.sql(`CREATE OR REPLACE VIEW busy.both_of AS SELECT ${number} AS id`);
  });
  expect(await failure(takeMembers(open(), restless))).toContain(
    'view "both_of" changed while it was dumped, 3 times',
  );
});

testWithMariadb('each right that is missing is named with the SQL that gives it', async () => {
  server.sql(
    `CREATE USER poor@localhost IDENTIFIED BY 'x'; GRANT USAGE ON zoo.* TO poor@localhost;
     GRANT SELECT ON zoo.owner TO poor@localhost`,
  );
  const password = join(temporaryFolder(), 'password');
  writeFileSync(password, 'x', { mode: 0o600 });
  const poor = open({ database: 'zoo', user: 'poor', password: { file: password } });
  for (const sql of [
    'GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON `zoo`.* TO `poor`@`localhost`;',
    'GRANT SELECT ON mysql.proc TO `poor`@`localhost`;',
    'GRANT EXECUTE ON `zoo`.* TO `poor`@`localhost`;',
  ]) {
    const { problem } = await poor.preflight(never);
    expect(problem?.params['grant']).toBe(sql);
    expect(await failure(takeMembers(poor, recordedWork()))).toBe(
      problem === undefined ? '' : wordFailure(problem).message,
    );
    server.sql(sql);
  }
  const [all, theirs] = [
    await takeMembers(open({ database: 'zoo' }), recordedWork()),
    await takeMembers(poor, recordedWork()),
  ];
  const texts = (members: readonly TakenMember[]) =>
    members.map(({ name, content }) => [name, content.toString()]);
  expect(texts(theirs.members)).toEqual(texts(all.members));
  expect((await poor.preflight(never)).problem).toBeUndefined();
});

testWithMariadb('rights that come by a role, or in databases of some name, count', async () => {
  server.sql(
    `CREATE ROLE backups; GRANT SELECT, SHOW VIEW, TRIGGER, EVENT ON \`b_sy%\`.* TO backups;
     GRANT SELECT ON mysql.* TO backups; CREATE USER by_role@localhost IDENTIFIED BY 'y';
     GRANT backups TO by_role@localhost; SET DEFAULT ROLE backups FOR by_role@localhost`,
  );
  const password = join(temporaryFolder(), 'password');
  writeFileSync(password, 'y', { mode: 0o600 });
  const byRole = open({ user: 'by_role', password: { file: password } });
  expect((await byRole.preflight(never)).problem).toBeUndefined();
});

testWithMariadb(
  'a password lies in a file that only Kedge can read, and in no argument, also over TLS',
  async () => {
    const secret = String.raw`q"u'o#te\s; =[x] \n`;
    server.sql(
      String.raw`SET sql_mode = 'NO_BACKSLASH_ESCAPES'; CREATE USER remote@'127.0.0.1' IDENTIFIED BY 'q"u''o#te\s; =[x] \n' REQUIRE SSL;
       GRANT ALL ON *.* TO remote@'127.0.0.1'`,
    );
    const password = join(temporaryFolder(), 'password');
    writeFileSync(password, secret, { mode: 0o600 });
    const seen: unknown[] = [];
    const work = workWith(() => {
      const file = join(work.scratch, 'db.login', 'login.cnf');
      const running = spawnSync('ps', ['-eww', '-o', 'args']).stdout.toString();
      const dump = running.split('\n').find((line) => line.includes(`--defaults-file=${file}`));
      seen.push(statSync(file).mode & 0o777, dump?.includes('q"u'));
    });
    const { members } = await takeMembers(
      open({
        socket: undefined,
        host: '127.0.0.1',
        port: server.port,
        user: 'remote',
        password: { file: password },
        tls: { ca: server.certificate },
      }),
      work,
    );
    expect(members.length).toBeGreaterThan(3);
    expect(seen).toEqual([0o600, false]);
    expect(readdirSync(work.scratch)).toEqual([]);
  },
);

testWithMariadb('what init prints lets its account do all that Kedge does', async () => {
  const [found, ...others] = findLocalMariadb('kedge', ['/nowhere', server.socket]);
  expect(others).toEqual([]);
  server.sql((found?.sql ?? []).join('\n').replaceAll('NAME', 'zoo'));
  // The tests run as somebody else.
  server.sql(`ALTER USER kedge@localhost IDENTIFIED BY 'z'`);
  const password = join(temporaryFolder(), 'password');
  writeFileSync(password, 'z', { mode: 0o600 });
  const answered = JSON.parse(`{${found?.source}}`).database;
  expect(answered).toMatchObject({ socket: server.socket, user: 'kedge' });
  const account = { user: 'kedge', password: { file: password }, database: 'zoo' };
  expect((await open(account).preflight(never)).problem).toBeUndefined();
  const asked = serverOf(settings(account));
  using session = await openSession(asked, never);
  expect(await missingRights(session, asked, ['root@localhost'], never)).toEqual([]);
});

testWithMariadb('a server that hangs gives no answer, and one that refuses gives one', async () => {
  const asked = askedMariadb(serverOf(settings()), 'MariaDB');
  const refused = askedMariadb(serverOf(settings({ user: 'nobody_known' })), 'MariaDB');
  await refused.answers(never);
  process.kill(server.pid(), 'SIGSTOP');
  try {
    await expect(asked.answers(AbortSignal.timeout(300))).rejects.toThrow('timeout');
  } finally {
    process.kill(server.pid(), 'SIGCONT');
  }
  await asked.answers(never);
  expect(wordFailure(failureOf(asked.lost())).message).toContain('does not answer any more');
});

testWithMariadb('what a dump can not hold is said before it and with it', async () => {
  const source = open({ database: 'zoo' });
  const expected = [
    'source "db": taken in another moment than the rest, as their engine has no transactions: "log"',
    'source "db": kept as text only, as what these views stand on is gone, or as whom they run: "broken"',
    'source "db": numbers of type FLOAT taken with six digits, as mariadb-dump writes no more: "measure"',
  ];
  expect((await source.preflight(never)).warnings).toEqual(expected);
  await using capture = await source.capture(recordedWork());
  expect(capture.notes).toEqual(expected);
});

testWithMariadb(
  'a differential holds what changed in a large table, and is verified and restored with its full',
  async () => {
    server.sql(
      `CREATE DATABASE grown; USE grown;
       CREATE TABLE visit (id INT PRIMARY KEY, what TEXT); CREATE TABLE rest LIKE visit;
       INSERT INTO visit SELECT seq, CONCAT(SHA2(seq, 512), SHA2(-seq, 512)) FROM seq_1_to_20000;
       INSERT INTO rest SELECT seq, SHA2(seq, 512) FROM seq_1_to_20000`,
    );
    using app = mariadbApp(server, 'grown');
    const full = await app.backup();
    server.sql(
      `USE grown; UPDATE visit SET what = CONCAT('new ', id) WHERE id % 400 = 0;
       INSERT INTO visit SELECT seq, 'later' FROM seq_20001_to_20050; DELETE FROM visit WHERE id = 7`,
    );
    const then = server.sql('CHECKSUM TABLE grown.visit, grown.rest');
    const differential = await app.backup(full);
    expect(full.sizeBytes).toBeGreaterThan(3_000_000);
    expect(differential.sizeBytes).toBeLessThan(60_000);
    expect(await runVerify(differential.path, app.work())).toMatchObject({ integrity: 'ok' });
    server.sql('DELETE FROM grown.visit');
    await app.restore(await app.plan(differential));
    expect(server.sql('CHECKSUM TABLE grown.visit, grown.rest')).toBe(then);
  },
);

testWithMariadb('the commands for a restore by hand bring all of it back', async () => {
  const folder = temporaryFolder();
  const { members } = await takeMembers(open({ database: 'zoo' }), recordedWork());
  for (const { name, content, header } of members) {
    const path = join(folder, Buffer.from(name, 'latin1').toString());
    if (header.kind === 'directory') mkdirSync(path, { recursive: true });
    else writeFileSync(path, content);
  }
  writeFileSync(join(folder, '.my.cnf'), `[client]\nsocket=${server.socket}\nuser=root\n`);
  const env = { ...process.env, HOME: folder };
  const { check, putBack } = mariadbByHand('db', settings({ database: 'zoo' }));
  for (const [command = '', ...args] of [...check, ...putBack]) {
    const { stdout, stderr } = spawnSync(command, args, { cwd: folder, env });
    expect([stdout.toString(), stderr.toString()], command).toEqual(['', '']);
  }
  expect(dumpOf('zoo_restored')).toBe(dumpOf('zoo'));
});

/** All that a client could find in it, but for a view that stands on nothing. */
function dumpOf(database: string): string {
  const how = ['--routines', '--triggers', '--events', '--dump-history', '--hex-blob', '--compact'];
  const broken = [`--ignore-table=${database}.broken`, '--skip-lock-tables'];
  const login = ['--no-defaults', `--socket=${server.socket}`, '-u', 'root'];
  const argv = ['mariadb-dump', ...login, ...how, ...broken, database];
  return runAs(server.folder, argv).replaceAll(/`?zoo(_restored)?`?\.`/g, '`zoo`.`');
}
