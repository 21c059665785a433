import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { runDrill } from '../../../agent/drill/run-drill.ts';
import { clearServers } from '../../../agent/drill/try-servers.ts';
import { setFaultHook } from '../../../agent/os/faults.ts';
import type { Work } from '../../../agent/os/work.ts';
import { readFacts } from '../../../agent/sources/postgres/read-facts.ts';
import { trialObstacles } from '../../../agent/sources/postgres/restore-findings.ts';
import { openSession } from '../../../agent/sources/postgres/sessions.ts';
import { serverOf } from '../../../agent/sources/postgres/settings.ts';
import { newerTools } from '../../../agent/sources/postgres/tools.ts';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { DrillResult } from '../../../protocol/domain/drill.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';

const { signal } = new AbortController();
let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

function small(database: string, user = 'postgres'): DatabaseFixture {
  server.sql(`CREATE DATABASE ${database}`);
  server.sql('CREATE TABLE visit AS SELECT n AS id FROM generate_series(1, 3) n', database);
  return postgresApp(server, database, { user });
}

async function drill(
  app: DatabaseFixture,
  backup: Backup,
  work = app.work(),
): Promise<DrillResult> {
  const order = { drill: `drill-${work.job}`, backup, probe: false, installation: 'here' };
  return await runDrill(order, app.config, work);
}

const notesOf = ({ sources }: DrillResult): readonly string[] =>
  sources.flatMap(({ notes }) => notes);

testWithPostgres(
  'a drill restores a database into its server under a name of its own, counts and drops it',
  async () => {
    using app = small('drilled');
    const backup = await app.backup();
    server.sql('DELETE FROM visit WHERE id = 1', 'drilled');
    const seen: string[] = [];
    const work: Work = {
      ...app.work(),
      progress: (step) => void (step.includes('server') && seen.push(step)),
    };
    const result = await drill(app, backup, work);
    expect(result).toMatchObject({
      outcome: 'proven',
      problems: [],
      sources: [{ source: 'db', integrity: 'ok', tables: [{ table: 'public.visit', rows: 3 }] }],
    });
    expect(notesOf(result)).toEqual([
      expect.stringMatching(
        /^restored into its server as "drilled__kedge_drill_\d+" in [\d.]+ s, with the rows of every table, and dropped there again$/,
      ),
    ]);
    expect(seen).toEqual(['restore db into its server']);
    expect([app.databases(), server.sql('SELECT count(*) FROM visit', 'drilled')]).toEqual([
      ['drilled|true'],
      '2',
    ]);
  },
);

testWithPostgres(
  'where the server does not let it, or is down, the dump alone is proven and that is said',
  async () => {
    server.sql('CREATE ROLE reader LOGIN; GRANT pg_read_all_data TO reader');
    using app = small('read_only', 'reader');
    const backup = await app.backup();
    const denied = await drill(app, backup);
    expect([denied.outcome, notesOf(denied)]).toEqual([
      'proven',
      [
        expect.stringMatching(
          /^it was not restored into its server, so that is not proven: "reader" may not create databases/,
        ),
      ],
    ]);
    await server.stop('SIGINT');
    const down = await drill(app, backup);
    expect([down.outcome, notesOf(down)]).toEqual([
      'proven',
      [expect.stringContaining('not proven: PostgreSQL did not answer at')],
    ]);
    await server.start();
    expect(app.databases()).toEqual(['read_only|true']);
  },
);

testWithPostgres(
  'a dump that its server refuses fails the drill, and nothing of it stays there',
  async () => {
    using app = small('refused');
    const backup = await app.backup();
    // Every database of the server is made of this one.
    const broken = `CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'no tables here'; END$$;
      CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION refuse()`;
    server.sql('ALTER DATABASE template0 ALLOW_CONNECTIONS true');
    server.sql(broken, 'template0');
    const result = await drill(app, backup);
    server.sql('DROP EVENT TRIGGER refuse; DROP FUNCTION refuse()', 'template0');
    server.sql('ALTER DATABASE template0 ALLOW_CONNECTIONS false');
    expect([result.outcome, result.problems]).toEqual([
      'failed',
      [expect.stringMatching(/^db: it does not come back in its server: .*no tables here/)],
    ]);
    expect(app.databases()).toEqual(['refused|true']);
  },
);

testWithPostgres(
  'what a drill that died left in a server goes with it or with the next',
  async () => {
    using app = small('died');
    const backup = await app.backup();
    const [note = ''] = notesOf(await drill(app, backup));
    const [, name] = /as "(.*?)"/.exec(note) ?? [];
    server.sql(`CREATE DATABASE ${name}`);
    await clearServers(app.config, 'elsewhere', signal);
    expect(app.databases()).toContain('died__kedge_drill_N|true');
    // One that is away keeps no other from being cleared.
    const { db } = app.config.sources;
    if (db?.engine !== 'postgres') throw new Error('it has another source');
    const away = { ...db, socket: '/nowhere/.s.PGSQL.5432' };
    await expect(
      clearServers({ sources: { away, ...app.config.sources } }, 'here', signal),
    ).rejects.toMatchObject({ failure: { code: 'database-unreachable' } });
    expect(app.databases()).toEqual(['died|true']);
    server.sql(`CREATE DATABASE ${name}`);
    expect((await drill(app, backup)).outcome).toBe('proven');
    expect(app.databases()).toEqual(['died|true']);
  },
);

testWithPostgres(
  'a drill that is cancelled while its server restores leaves nothing there',
  async () => {
    using app = small('cancelled');
    const backup = await app.backup();
    const cancel = new AbortController();
    const seen: (readonly string[])[] = [];
    setFaultHook(({ path }) => {
      if (!path.endsWith('db.login') || cancel.signal.aborted) return;
      seen.push(app.databases());
      cancel.abort(new Error('cancelled'));
    });
    onTestFinished(() => setFaultHook(undefined));
    await expect(drill(app, backup, { ...app.work(), signal: cancel.signal })).rejects.toThrow();
    expect(seen).toEqual([['cancelled__kedge_drill_N|true', 'cancelled|true']]);
    expect(app.databases()).toEqual(['cancelled|true']);
  },
);

testWithPostgres(
  'programs newer than their server are told, and older than a dump refused',
  async () => {
    using app = small('versions');
    const source = app.config.sources['db'];
    if (source?.engine !== 'postgres') throw new Error('it has another source');
    const asked = serverOf(source);
    using session = await openSession(asked, 'versions', signal);
    const facts = { ...(await readFacts(session, signal)), server: '15.1', database: 'versions' };
    const findings = async (tools: string) =>
      await trialObstacles(
        { source: 'db', server: asked, facts: { ...facts, format: 1, tools, tables: [] } },
        signal,
      );
    expect(await findings('15.1')).toEqual([]);
    expect(await findings('99.2')).toEqual([
      expect.stringMatching(
        /^source "db": pg_dump and pg_restore of PostgreSQL 99 or newer are needed, and here is 1\d\./,
      ),
    ]);
    const tools = { major: 17, version: '17.2', pathOf: (tool: string) => tool };
    expect([newerTools('db', tools, 17), newerTools('db', tools, 15)]).toEqual([
      undefined,
      expect.stringContaining('pg_dump here is 17.2 and the server 15'),
    ]);
  },
);
