import Database from 'better-sqlite3';
import { inPostgresWords } from '../app/postgres-words.ts';
import { indexes, tables } from '../app/schema.ts';
import { Pace, type SeedOptions } from '../seed/pace.ts';
import { clinicDatabase } from './server-places.ts';
import { SingleUserServer } from './single-user-server.ts';

const rowsAtOnce = 500;

/** The clinic's tables, from the file that was made of them, into its database of a server that has no process. */
export async function loadClinic(
  bin: string,
  data: string,
  path: string,
  options: SeedOptions,
): Promise<void> {
  await using server = new SingleUserServer(bin, data, clinicDatabase.name);
  await server.run(`SET ROLE ${clinicDatabase.owner}`);
  for (const statement of tables.split(';')) {
    const words = inPostgresWords(statement).replaceAll(/\s+/g, ' ').trim();
    if (words !== '') await server.run(words);
  }
  const names = tableNames();
  const pace = new Pace(options);
  for (const [index, table] of names.entries()) {
    await copyTable(server, path, table);
    await pace.step((index + 1) / names.length, `database: ${table}`);
    options.signal.throwIfAborted();
  }
  for (const index of indexes) await server.run(inPostgresWords(index));
  await server.run('RESET ROLE');
  await server.run('ANALYZE');
  await server.end();
}

async function copyTable(server: SingleUserServer, path: string, table: string): Promise<void> {
  for (const rows of pagesOf(path, table)) {
    // Without line breaks, which would end the statement: JSON escapes those in texts.
    const json = JSON.stringify(rows).replaceAll("'", "''");
    await server.run(
      `INSERT INTO ${table} SELECT * FROM json_populate_recordset(null::${table}, '${json}')`,
    );
  }
  await server.run(
    `SELECT setval(pg_get_serial_sequence('${table}', 'id'), coalesce(max(id), 0) + 1, false) FROM ${table}`,
  );
}

function* pagesOf(path: string, table: string): Generator<readonly unknown[]> {
  const file = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const page = file.prepare(
      `select * from ${table} where id > ? order by id limit ${rowsAtOnce}`,
    );
    for (let rows = page.all(0); rows.length > 0; ) {
      yield rows;
      rows = page.all(Reflect.get(Object(rows.at(-1)), 'id'));
    }
  } finally {
    file.close();
  }
}

function tableNames(): readonly string[] {
  return [...tables.matchAll(/create table (\w+)/g)].flatMap(([, name]) => name ?? []);
}
