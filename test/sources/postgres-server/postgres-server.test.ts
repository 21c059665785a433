import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { runDrill } from '../../../agent/drill/run-drill.ts';
import { giveTree, runnerFor, userOf } from '../../../agent/sources/physical/folder-user.ts';
import { readUnpackedFacts } from '../../../agent/sources/physical/server-facts.ts';
import { BackupCheck } from '../../../agent/sources/postgres-server/backup-check.ts';
import { prove } from '../../../agent/sources/postgres-server/prove.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { dataOf, wholePostgresApp } from '../../support/postgres-server-app.ts';
import { postgresBin, startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { asServerUser } from '../../support/private-server.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql('CREATE DATABASE clinic');
  server.sql(
    `CREATE TABLE visit (id int PRIMARY KEY, what text);
     INSERT INTO visit SELECT n, 'visit ' || n FROM generate_series(1, 60000) n`,
    'clinic',
  );
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const visits = (): string => server.sql('SELECT count(*) FROM visit', 'clinic');

testWithPostgres(
  'a server comes back from a full and from a differential, and an undo takes that back',
  async () => {
    using app = wholePostgresApp(server);
    const full = await app.backup();
    expect(full).toMatchObject({ outcome: 'complete', gaps: [] });
    server.sql('UPDATE visit SET what = what || 0 WHERE id < 100', 'clinic');
    server.sql('DELETE FROM visit WHERE id > 50000', 'clinic');
    const differential = await app.backup(full);
    expect(differential.outcome).toBe('complete');
    expect(differential.kind).toBe('differential');
    expect(differential.sizeBytes * 3).toBeLessThan(full.sizeBytes);
    server.sql('DROP TABLE visit', 'clinic');
    const plan = await app.plan(differential);
    expect(plan.obstacles).toEqual([]);
    const { mode, uid } = statSync(dataOf(server));
    const { undo } = await app.restore(plan);
    expect(visits()).toBe('50000');
    expect(statSync(dataOf(server))).toMatchObject({ mode, uid });
    expect(
      server.sql(`SELECT count(*) FROM visit WHERE what LIKE '%0' AND id < 100`, 'clinic'),
    ).toBe('99');
    const again = await app.undo(undo ?? '');
    expect(server.sql(`SELECT count(*) FROM pg_class WHERE relname = 'visit'`, 'clinic')).toBe('0');
    await app.undo(again.undo ?? '');
    expect(visits()).toBe('50000');
  },
);

/** What is found wrong in an unpacked source where one of its files is another; without content, it is gone. */
async function checked(folder: string, path = '', content?: Buffer): Promise<string | undefined> {
  const check = new BackupCheck();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  for (const name of new Set([...files, ...(content === undefined ? [] : [path])])) {
    if (name === path && content === undefined) continue;
    const part = check.part(name);
    part.write(name === path && content !== undefined ? content : readFileSync(join(folder, name)));
    part.end();
  }
  return check.result().problem;
}

testWithPostgres(
  'a full is unpacked without Kedge into a folder that PostgreSQL verifies, and what is changed in it is found',
  async () => {
    using app = wholePostgresApp(server);
    const { path } = await app.backup();
    const unpacked = join(app.home, 'unpacked');
    mkdirSync(unpacked);
    expect(spawnSync('tar', ['--zstd', '-xf', path, '-C', unpacked]).status).toBe(0);
    const [source, data] = [join(unpacked, 'db'), join(unpacked, 'db', 'data')];
    const verified = spawnSync(join(postgresBin ?? '', 'pg_verifybackup'), [data]);
    expect([verified.stderr.toString(), verified.status]).toEqual(['', 0]);
    expect(readdirSync(source)).toEqual(['data', 'server.json']);
    expect(await checked(source)).toBeUndefined();
    const control = readFileSync(join(data, 'global/pg_control'));
    const flipped = Buffer.from(control.map((byte, at) => (at === 100 ? byte ^ 1 : byte)));
    const [segment = ''] = readdirSync(join(data, 'pg_wal')).filter((name) =>
      /^[0-9A-F]{24}$/.test(name),
    );
    const log = readFileSync(join(data, 'pg_wal', segment));
    const manifest = readFileSync(join(data, 'backup_manifest'));
    const shorter = Buffer.from(manifest.toString().replace('"Size": 8192', '"Size": 4096'));
    const problems = [
      checked(source, 'data/global/pg_control'),
      checked(source, 'data/global/pg_control', flipped),
      checked(source, 'data/global/pg_control', control.subarray(0, 100)),
      checked(source, 'data/base/more', control),
      checked(source, `data/pg_wal/${segment}`),
      checked(source, `data/pg_wal/${segment}`, log.subarray(0, 1 << 20)),
      checked(source, 'data/backup_manifest'),
      checked(source, 'data/backup_manifest', shorter),
    ];
    expect(await Promise.all(problems)).toEqual([
      '"global/pg_control" is missing',
      '"global/pg_control" is not what its server has sent',
      '"global/pg_control" has 100 bytes instead of 8192',
      '"base/more" was not sent by its server',
      expect.stringMatching(/^(its pg_wal is empty|pg_wal.[0-9A-F]{24} is missing)$/),
      `pg_wal/${segment} is not what its name says`,
      'it has no backup_manifest',
      "its backup_manifest can't be used: it has changed",
    ]);
  },
);

testWithPostgres(
  'a drill starts a server on the copy and reads every table; one whose log has a gap does not start',
  async () => {
    using app = wholePostgresApp(server);
    // The server's user must reach it.
    chmodSync(app.home, 0o755);
    server.sql('ALTER DATABASE template1 ALLOW_CONNECTIONS false');
    server.sql('CREATE DATABASE "half dropped"');
    server.sql(`UPDATE pg_database SET datconnlimit = -2 WHERE datname = 'half dropped'`);
    const backup = await app.backup();
    const work = app.work();
    const order = { drill: `drill-${work.job}`, backup, probe: false, installation: 'here' };
    const { outcome, problems, sources } = await runDrill(order, app.config, work);
    expect({ outcome, problems }).toEqual({ outcome: 'proven', problems: [] });
    const proven =
      /a server of its own came up on it and read \d+ rows in \d+ tables of \d databases/;
    expect(sources[0]?.notes).toEqual([
      expect.stringMatching(proven),
      'source "db": half dropped, template1 in it let nobody in, and were not read',
    ]);
    const folder = join(app.home, 'unpacked');
    mkdirSync(folder);
    expect(spawnSync('tar', ['--zstd', '-xf', backup.path, '-C', folder]).status).toBe(0);
    const data = join(folder, 'db', 'data');
    const segment = readdirSync(join(data, 'pg_wal')).findLast((name) =>
      /^[0-9A-F]{24}$/.test(name),
    );
    for (const path of [folder, join(folder, 'db')]) chmodSync(path, 0o755);
    const user = runnerFor(await userOf(dataOf(server)));
    await giveTree(data, user, work.signal);
    const facts = await readUnpackedFacts('db', join(folder, 'db'));
    const taken = join(data, 'pg_wal', segment ?? '');
    renameSync(taken, join(folder, 'segment'));
    const proving = prove({ source: 'db', facts, data, user }, work);
    expect(await proving.catch(failureOf)).toMatchObject({
      code: 'restore-refused',
      params: {
        why: expect.stringMatching(/does not run on what source "db" holds: .*(FATAL|PANIC): /),
      },
    });
    renameSync(join(folder, 'segment'), taken);
    const settings = { ...facts.settings, 'kedge.superuser': 'gone' };
    const asking = prove({ source: 'db', facts: { ...facts, settings }, data, user }, work);
    expect(await asking.catch(failureOf)).toMatchObject({
      code: 'restore-refused',
      params: { why: expect.stringContaining('role "gone" does not exist') },
    });
  },
);

testWithPostgres('what is copied while others write is one moment', async () => {
  server.sql('CREATE DATABASE bank');
  server.run('pgbench', ['-q', '-i', '-s', '2', 'bank']);
  using app = wholePostgresApp(server);
  const words = ['-n', '-c', '2', '-j', '2', '-T', '60', 'bank'];
  const [program = '', ...args] = asServerUser(server.argvOf('pgbench', words));
  const bank = spawn(program, args, { stdio: 'ignore', cwd: server.folder });
  const ended = once(bank, 'exit');
  const backup = await app.backup(await app.backup());
  bank.kill('SIGKILL');
  await ended;
  const history = (): number => Number(server.sql('SELECT count(*) FROM pgbench_history', 'bank'));
  const then = history();
  await app.restore(await app.plan(backup));
  const sums = server.sql(
    `SELECT sum(abalance), (SELECT sum(bbalance) FROM pgbench_branches),
      (SELECT sum(tbalance) FROM pgbench_tellers), (SELECT sum(delta) FROM pgbench_history)
      FROM pgbench_accounts`,
    'bank',
  );
  expect(new Set(sums.split('|')).size).toBe(1);
  expect(history()).toBeGreaterThan(0);
  expect(history()).toBeLessThanOrEqual(then);
});
