import { dirname } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { findLocalPostgres } from '../../../agent/databases/postgres/local-postgres.ts';
import { expireUndos } from '../../../agent/restore/expire-undos.ts';
import { findUndo } from '../../../agent/restore/undo-records.ts';
import { failureOf } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import {
  ownSchemas,
  visitParts as parts,
  visitRows as rows,
  visitsSince as since,
  visitsThen as then,
  visitsOfPets,
  workOnVisits,
} from '../../support/postgres-visits.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const small = (user?: string): DatabaseFixture => visitsOfPets(server, user);
const visits = (app: DatabaseFixture): string => server.sql(rows, app.database);
const work = (app: DatabaseFixture): void => workOnVisits(server, app);
const schemas = (app: DatabaseFixture) => ownSchemas(server, app);

async function failure(doing: Promise<unknown>) {
  return await doing.then(() => 'nothing failed', failureOf);
}

testWithPostgres(
  'an undo of a table is shown row by row, expires with what it keeps, and is refused by name where it does not fit',
  async () => {
    using app = small();
    const backup = await app.backup();
    work(app);
    const plan = await app.plan(backup, { parts });
    const { undo = '' } = await app.restore(plan);
    const kept = await findUndo(app.stateFolder, undo);
    expect(kept.bytes).toBeGreaterThan(8000);
    expect(await app.undoChanges(kept)).toMatchObject([
      {
        source: 'db',
        tables: [
          {
            table: 'public.visit',
            backupRows: 3,
            liveRows: 3,
            inserted: 1,
            changed: 1,
            deleted: 1,
          },
        ],
      },
    ]);
    server.sql('ALTER TABLE visit ADD more int', app.database);
    expect(await failure(app.undo(undo))).toMatchObject({
      code: 'restore-refused',
      params: { why: expect.stringContaining('columns that came since: more') },
    });
    server.sql('ALTER TABLE visit DROP more', app.database);
    await app.undo(undo);
    expect(visits(app)).toBe(since);
    const again = await app.restore(await app.plan(backup, { parts }));
    const whole = await app.restore(await app.plan(backup));
    // What it keeps went with the database that it lies in.
    expect(await failure(app.undo(again.undo ?? ''))).toMatchObject({ code: 'undo-gone' });
    await app.undo(whole.undo ?? '');
    const { expiresAtMs } = await findUndo(app.stateFolder, again.undo ?? '');
    expect(schemas(app)).toHaveLength(1 + 1);
    await expireUndos(app.stateFolder, expiresAtMs + 86_400_000);
    expect(schemas(app)).toEqual([]);
  },
);

testWithPostgres(
  'an undo of a table whose rows lie in a database that a whole undo keeps expires only when that is settled',
  async () => {
    using app = small();
    const backup = await app.backup();
    work(app);
    const { undo = '' } = await app.restore(await app.plan(backup, { parts }));
    const [kept] = schemas(app);
    const expire = async (id: string) => {
      const { expiresAtMs } = await findUndo(app.stateFolder, id);
      return await expireUndos(app.stateFolder, expiresAtMs);
    };
    const whole = await app.restore(await app.plan(backup));
    const { expiresAtMs } = await findUndo(app.stateFolder, whole.undo ?? '');
    const record = await findUndo(app.stateFolder, undo);
    expect(expiresAtMs).toBeGreaterThan(record.expiresAtMs);
    const early = await expire(undo);
    expect(early.find((each) => each.undo.id === undo)?.problem).toMatch(
      /not possible now: schema ".*" went into database ".*__kedge_undo_\d+"/,
    );
    const back = await app.undo(whole.undo ?? '');
    expect(schemas(app)).toEqual([kept]);
    expect((await expire(undo)).find((each) => each.undo.id === undo)?.problem).toBeUndefined();
    expect(schemas(app)).toEqual([]);
    expect(back.undo).toBeDefined();
  },
);

testWithPostgres('an undo of a table goes with the whole database that it lay in', async () => {
  using app = small();
  const backup = await app.backup();
  const { undo = '' } = await app.restore(await app.plan(backup, { parts }));
  await app.restore(await app.plan(backup));
  const { expiresAtMs } = await findUndo(app.stateFolder, undo);
  const all = async () => await expireUndos(app.stateFolder, expiresAtMs + 86_400_000);
  await all();
  const problems = (await all()).map(({ problem }) => problem);
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
  expect(app.databases()).toEqual([`${app.database}|true`]);
  expect(await failure(findUndo(app.stateFolder, undo))).toMatchObject({ code: 'not-found' });
});

testWithPostgres(
  'the role that init proposes may bring tables back; what another role lacks is named',
  async () => {
    using app = small();
    const { database: name } = app;
    server.sql('CREATE ROLE an_owner; CREATE ROLE weak LOGIN; GRANT pg_read_all_data TO weak');
    server.sql(`ALTER DATABASE ${name} OWNER TO an_owner`);
    server.sql('ALTER TABLE visit OWNER TO an_owner; ALTER TABLE pet OWNER TO an_owner', name);
    const [found] = await findLocalPostgres('least', dirname(server.socket));
    server.sql((found?.sql ?? []).join('\n').replace('OWNER_OF_THE_DATABASE', 'an_owner'));
    using weak = postgresApp(server, name, { user: 'weak' });
    using least = postgresApp(server, name, { user: 'least' });
    const backup = await least.backup();
    work(app);
    const { obstacles } = await weak.plan(backup, { parts });
    expect(obstacles).toEqual([
      'source "db": "weak" is no member of the role that owns the tables, or those that they refer to (GRANT "an_owner" TO "weak";)',
      `source "db": "weak" may not make a schema for them (GRANT CREATE, TEMPORARY ON DATABASE "${name}" TO "weak";)`,
    ]);
    const plan = await least.plan(backup, { parts });
    expect(plan.obstacles).toEqual([]);
    const { undo = '' } = await least.restore(plan);
    expect(visits(app)).toBe(then);
    await least.undo(undo);
    expect(visits(app)).toBe(since);
  },
);
