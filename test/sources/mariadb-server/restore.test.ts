import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { runDrill } from '../../../agent/drill/run-drill.ts';
import type { Work } from '../../../agent/os/work.ts';
import { mariadbServerByHand } from '../../../agent/sources/mariadb-server/by-hand.ts';
import { proveServer } from '../../../agent/sources/mariadb-server/prove.ts';
import { MariadbServerSettings } from '../../../agent/sources/mariadb-server/settings.ts';
import { giveTree, runnerFor, userOf } from '../../../agent/sources/physical/folder-user.ts';
import { readUnpackedFacts } from '../../../agent/sources/physical/server-facts.ts';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import {
  dataOf,
  hasMariadbServer,
  testWithMariadbServer,
  wholeServerApp,
} from '../../support/mariadb-server-app.ts';
import { zooContent } from '../../support/mariadb-zoo.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';

let server: TestMariadb;

beforeAll(async () => {
  if (!hasMariadbServer) return;
  server = await startMariadb();
  server.sql(zooContent);
  server.sql('DROP VIEW zoo.broken');
  server.sql(
    `CREATE DATABASE clinic; USE clinic; CREATE TABLE visit (id INT PRIMARY KEY, what TEXT, KEY (what(20)));
     INSERT INTO visit SELECT seq, MD5(seq) FROM seq_1_to_100000;
     CREATE DATABASE mariadb_backup_log; CREATE TABLE mariadb_backup_log.xtrabackup_info (id INT)`,
  );
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

testWithMariadbServer(
  'a whole server comes back from a differential with all its databases, and an undo and the undo of that as well',
  async () => {
    using app = wholeServerApp(server);
    const full = await app.backup();
    server.sql(`UPDATE clinic.visit SET what = 'then' WHERE id % 1000 = 0`);
    const dumps = () => ['zoo', 'clinic', 'mariadb_backup_log'].map((name) => server.dump(name));
    const then = dumps();
    const differential = await app.backup(full);
    expect(differential.sizeBytes).toBeLessThan(full.sizeBytes / 4);
    server.sql(
      `DROP DATABASE zoo; DELETE FROM clinic.visit; CREATE DATABASE later; DROP DATABASE mariadb_backup_log`,
    );
    const since = server.sql('SHOW DATABASES');
    const before = statSync(dataOf(server));
    const plan = await app.plan(differential);
    expect(plan.obstacles).toEqual([]);
    expect(plan.services).toEqual([
      { id: 'host', willStop: true },
      { id: 'server', willStop: true },
    ]);
    const { undo = '', notes } = await app.restore(plan);
    expect(notes).toEqual([
      expect.stringMatching(/^a MariaDB server was started on "db", found all \d+ tables sound/),
    ]);
    expect(dumps()).toEqual(then);
    expect(app.services.calls).toEqual(['stop host', 'stop server', 'start server', 'start host']);
    const { uid, gid, mode } = statSync(dataOf(server));
    expect({ uid, gid, mode }).toEqual({ uid: before.uid, gid: before.gid, mode: before.mode });
    const back = await app.undo(undo);
    expect(server.sql('SHOW DATABASES')).toBe(since);
    await app.undo(back.undo ?? '');
    expect(dumps()).toEqual(then);
  },
  120_000,
);

testWithMariadbServer(
  'a drill starts a server on the copy and has it check every table, and a damaged one is named',
  async () => {
    using app = wholeServerApp(server);
    // A server's user must reach it.
    chmodSync(app.home, 0o755);
    const backup = await app.backup();
    const work = app.work();
    const order = { drill: `drill-${work.job}`, backup, probe: false, installation: 'here' };
    const { outcome, problems, sources } = await runDrill(order, app.config, work);
    expect({ outcome, problems }).toEqual({ outcome: 'proven', problems: [] });
    expect(sources[0]?.integrity).toBe('ok');
    expect(sources[0]?.notes).toContainEqual(
      expect.stringMatching(/^a MariaDB server was started on "db", found all \d+ tables sound/),
    );

    const folder = join(app.home, 'unpacked');
    const elsewhere = await app.plan(backup, { mode: { kind: 'elsewhere', folder } });
    await app.restore(elsewhere);
    const data = join(folder, 'db', 'data');
    const table = openSync(join(data, 'clinic', 'visit.ibd'), 'r+');
    writeSync(table, Buffer.alloc(4096, 7), 0, 4096, 20 * 16_384 + 200);
    const user = runnerFor(await userOf(dataOf(server)));
    await giveTree(data, user, work.signal);
    chmodSync(join(folder), 0o755);
    chmodSync(join(folder, 'db'), 0o755);
    const facts = await readUnpackedFacts('db', join(folder, 'db'));
    const wordsOf = async (watched: Work): Promise<string> =>
      await proveServer({ source: 'db', facts, data, user }, watched).then(
        () => 'sound',
        (error: unknown) => wordFailure(failureOf(error)).message,
      );
    expect(await wordsOf(work)).toMatch(
      /cannot be restored here: .*(?:clinic.visit|clinic\/visit|no MariaDB server runs)/,
    );
    // What one says of files to be renamed or removed would be done as the user of the live server.
    expect(readdirSync(data)).not.toContain('ddl_recovery.log');
    // As one does that finds a page of which it can make nothing at all.
    expect(await wordsOf({ ...work, progress: () => killServerOn(data) })).toContain(
      'cannot be restored here: no MariaDB server runs on "db" of it',
    );
  },
  60_000,
);

testWithMariadbServer(
  'a full comes back without Kedge, by the commands of its README',
  async () => {
    using app = wholeServerApp(server);
    const backup = await app.backup();
    const then = server.dump('clinic');
    server.sql('DROP DATABASE clinic');
    const unpacked = join(app.home, 'by-hand');
    mkdirSync(unpacked);
    execFileSync('tar', ['--zstd', '-xpf', backup.path, '-C', unpacked]);
    const settings = MariadbServerSettings.parse(app.config.sources['db']);
    const { check, putBack } = mariadbServerByHand('db', settings);
    await server.stop('SIGTERM');
    for (const [command = '', ...args] of [...check, ...putBack])
      execFileSync(command, args, { cwd: unpacked });
    await server.start();
    expect(server.dump('clinic')).toBe(then);
  },
  60_000,
);

/** At once: a server that is looked for while it answers may have answered everything. */
function killServerOn(data: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (words.includes(`--datadir=${data}`)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}
