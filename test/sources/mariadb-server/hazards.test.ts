import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { MariadbServerSettings } from '../../../agent/sources/mariadb-server/settings.ts';
import { openMariadbServer } from '../../../agent/sources/mariadb-server/source.ts';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import {
  dataOf,
  hasMariadbServer,
  testWithMariadbServer,
  wholeServerApp,
} from '../../support/mariadb-server-app.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';
import { withBackupProgram } from '../../support/with-backup-program.ts';

let server: TestMariadb;
const never = new AbortController().signal;

beforeAll(async () => {
  if (!hasMariadbServer) return;
  server = await startMariadb();
  server.sql(
    `CREATE DATABASE clinic; USE clinic; CREATE TABLE visit (id INT PRIMARY KEY, what TEXT);
     INSERT INTO visit SELECT seq, MD5(seq) FROM seq_1_to_20000`,
  );
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const visits = (): string => server.sql('SELECT COUNT(*) FROM clinic.visit');
const staged = (): readonly string[] =>
  readdirSync(server.folder).filter((name) => name.startsWith('.kedge'));
const wordsOf = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'it went through',
    (error: unknown) => wordFailure(failureOf(error)).message,
  );

testWithMariadbServer(
  'each right that is missing is named with its SQL, and with these a backup needs no administrator',
  async () => {
    server.sql('CREATE USER bare@localhost');
    using app = wholeServerApp(server, { user: 'bare' });
    const settings = MariadbServerSettings.parse(app.config.sources['db']);
    const named: string[] = [];
    for (;;) {
      const { problem } = await openMariadbServer('db', settings).preflight(never);
      if (problem === undefined) break;
      const grant = String(problem.params['grant']);
      named.push(grant);
      server.sql(grant);
    }
    expect(named.map((sql) => sql.replace(' TO `bare`@`localhost`;', ''))).toEqual([
      'GRANT RELOAD ON *.*',
      'GRANT PROCESS ON *.*',
      'GRANT LOCK TABLES ON *.*',
      'GRANT BINLOG MONITOR ON *.*',
    ]);
    expect((await app.backup()).gaps).toEqual([]);
  },
  60_000,
);

testWithMariadbServer(
  'a folder that is not that of the server, files outside of it, and a program of another version are refused by name',
  async () => {
    const problemOf = async (changes: Partial<MariadbServerSettings>): Promise<string> => {
      using app = wholeServerApp(server, changes);
      const settings = MariadbServerSettings.parse(app.config.sources['db']);
      const { problem } = await openMariadbServer('db', settings).preflight(never);
      return problem === undefined ? 'none' : wordFailure(problem).message;
    };
    expect(await problemOf({})).toBe('none');
    expect(await problemOf({ data: server.folder })).toContain(
      `has its data in "${dataOf(server)}", not in "${server.folder}"`,
    );
    expect(await problemOf({ host: 'db.example', socket: undefined })).not.toBe('none');
    writeFileSync(join(dataOf(server), 'clinic', 'far.isl'), '/elsewhere/far.ibd');
    expect(await problemOf({})).toContain('outside of its data folder');
    rmSync(join(dataOf(server), 'clinic', 'far.isl'));
    await withBackupProgram(
      'echo "mariadb-backup based on MariaDB server 10.11.1-MariaDB"',
      async () => {
        process.env['PATH'] = (process.env['PATH'] ?? '').split(':')[0];
        expect(await problemOf({})).toMatch(/mariadb-backup of MariaDB .* here is 10\.11\.1/);
      },
    );
  },
  60_000,
);

testWithMariadbServer(
  'a file of an engine that mariadb-backup does not know is a named gap, one elsewhere made meanwhile a refusal',
  async () => {
    using app = wholeServerApp(server);
    writeFileSync(join(dataOf(server), 'clinic', 'far.dos'), 'of CONNECT');
    const { gaps } = await app.backup();
    rmSync(join(dataOf(server), 'clinic', 'far.dos'));
    expect(gaps.map(({ kind, path }) => ({ kind, path }))).toEqual([
      { kind: 'file', path: 'clinic/far.dos' },
    ]);
    const making = `/usr/bin/mariadb-backup "$@" || exit
      all="$*"; case "$all" in *--prepare*) : > "\${all##*--target-dir=}/clinic/far.isl";; esac`;
    await withBackupProgram(making, async () => {
      expect(await wordsOf(app.backup())).toContain(
        'was made while it was copied ("clinic/far.isl")',
      );
    });
  },
  60_000,
);

testWithMariadbServer(
  'a server that is killed, or that drops the connection, while it is copied leaves no backup',
  async () => {
    using app = wholeServerApp(server);
    const asked = `mariadb --no-defaults --socket=${server.socket} -u root -N`;
    const others = `SELECT CONCAT('KILL ', id, ';') FROM information_schema.processlist WHERE user = 'root' AND id <> CONNECTION_ID()`;
    const strikes = [
      `${asked} -e "${others}" > ${server.folder}/kill; ${asked} --force < ${server.folder}/kill`,
      `kill -9 ${server.pid()}`,
    ];
    for (const strike of strikes) {
      // As soon as it copies a file; what it asks at its end, it asks in vain.
      const striking = `case "$*" in *--version*) exec /usr/bin/mariadb-backup "$@";; esac
        set -o pipefail
        /usr/bin/mariadb-backup "$@" 2>&1 | while read -r line; do echo "$line" >&2
          case "$line" in *Copying*.ibd*) ${strike};; esac; done`;
      await withBackupProgram(striking, async () => {
        expect(await wordsOf(app.backup()), strike).toContain('no source could be captured');
      });
    }
    await server.stop('SIGKILL');
    await server.start();
    expect(readdirSync(app.backups)).toEqual([]);
    expect(visits()).toBe('20000');
  },
  60_000,
);

testWithMariadbServer(
  'nothing is exchanged under a server that nobody stops',
  async () => {
    using app = wholeServerApp(server);
    const backup = await app.backup();
    const { server: _, ...services } = app.config.services ?? {};
    const whole = app.config;
    app.config = { ...whole, services };
    const plan = await app.plan(backup);
    expect(plan.obstacles).toEqual([
      expect.stringMatching(/a server runs on its data folder \(mariadbd, process \d+\)/),
    ]);
    using lost = wholeServerApp(server, { data: join(server.folder, 'nowhere') });
    expect((await lost.plan(backup)).obstacles).toEqual([
      expect.stringContaining(`has its data in "${dataOf(server)}", not in`),
    ]);
    app.config = whole;
    // Says that it has stopped it.
    app.services.stop = async (id) => {
      app.services.calls.push(`stop ${id}`);
      app.services.running.delete(id);
    };
    app.services.start = async (id) => {
      app.services.running.add(id);
    };
    const { obstacles, ...allowed } = await app.plan(backup);
    expect(obstacles).toEqual([]);
    expect(await wordsOf(app.restore({ ...allowed, obstacles }))).toContain('still runs on it');
    expect([staged(), visits(), [...app.services.running].toSorted()]).toEqual([
      [],
      '20000',
      ['host', 'server'],
    ]);
  },
  60_000,
);

testWithMariadbServer(
  'no way back moves a folder under a server that did not stop; it is gone when that has',
  async () => {
    using app = wholeServerApp(server);
    const backup = await app.backup();
    server.sql('DELETE FROM clinic.visit WHERE id > 19000');
    const { services } = app;
    const { start, stop } = services;
    let stops = 0;
    services.stop = async (id) => {
      // The second time only says so.
      if (id !== 'server' || ++stops === 1) await stop(id);
      else services.running.delete(id);
    };
    services.start = async (id) => {
      if (id === 'host') throw new Error('its gate is shut');
      await start(id);
    };
    const words = await wordsOf(app.restore(await app.plan(backup)));
    expect(words).toContain('its gate is shut');
    expect(words).toContain('still runs on it (mariadbd');
    expect([visits(), findUnfinishedJournals(app.stateFolder).length]).toEqual(['20000', 1]);
    Object.assign(services, { start, stop });
    services.running.add('server');
    await app.recover();
    expect([visits(), findUnfinishedJournals(app.stateFolder)]).toEqual(['19000', []]);
    server.sql('USE clinic; INSERT INTO visit SELECT seq, MD5(seq) FROM seq_19001_to_20000');
  },
  60_000,
);
