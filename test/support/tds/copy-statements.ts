import type { FakeDatabase } from './fake-database.ts';
import type { Called, Statement } from './fake-sqlserver.ts';
import { TdsError } from './server.ts';
import { name, text, unbracket, unquote } from './sql-text.ts';

/** [dbo].[visit], as the tests' databases have one schema only. */
const table = String.raw`\[dbo\]\.${name}`;
const copied = `SELECT \\* INTO ${table} FROM ${name}\\.${table};`;

function here({ server, session }: Called): FakeDatabase {
  const database = server.find(session.database);
  if (database === undefined) throw new TdsError({ number: 911, text: 'no database' });
  return database;
}

/** In a transaction: what fails in the middle leaves nothing. */
async function copy(called: Called): Promise<void> {
  const { server, session, match } = called;
  const into = here(called);
  const made = new Map<string, readonly string[]>();
  for (const [, to = '', from = '', of = ''] of (match[1] ?? '').matchAll(
    new RegExp(copied, 'g'),
  )) {
    const database = server.find(unbracket(from));
    const rows = database?.rows(unbracket(of));
    if (database === undefined || rows === undefined || !server.mayEnter(session, database))
      throw new TdsError({ number: 208, text: `Invalid object name '${from}.dbo.${of}'.` });
    if (into.rows(unbracket(to)) !== undefined)
      throw new TdsError({
        number: 2714,
        text: `There is already an object named '${to}' in the database.`,
      });
    await server.before(`copying ${unbracket(of)}`, session);
    made.set(unbracket(to), rows);
  }
  if (server.losesRows) return;
  for (const [own, rows] of made) into.put(own, rows);
}

/** What copies tables out of another database. */
export const copyStatements: readonly Statement[] = [
  {
    sql: new RegExp(
      `^SET XACT_ABORT ON;\\nBEGIN TRANSACTION;\\n((?:${copied}\\n)+)IF (?:\\(SELECT COUNT_BIG\\(\\*\\) FROM [^)]+\\) = \\(SELECT COUNT_BIG\\(\\*\\) FROM [^)]+\\)(?: AND )?)+\\nBEGIN COMMIT TRANSACTION; END\\nELSE\\nBEGIN ROLLBACK TRANSACTION; END$`,
      's',
    ),
    run: copy,
  },
  {
    sql: new RegExp(`^SELECT COUNT\\(\\*\\) AS filters .*OBJECT_ID\\(${text}\\)$`, 's'),
    run(called) {
      const [, of = ''] = /^\[dbo\]\.\[(.*)\]$/.exec(unquote(called.match[1] ?? '')) ?? [];
      called.answer.rows(
        ['filters'],
        [{ filters: here(called).filtered.has(unbracket(of)) ? 1 : 0 }],
      );
    },
  },
  {
    sql: new RegExp(`^SELECT CASE WHEN OBJECT_ID\\(${text}\\) IS NULL THEN 0 ELSE 1 END AS made$`),
    run(called) {
      const [, of = ''] = /^\[dbo\]\.\[(.*)\]$/.exec(unquote(called.match[1] ?? '')) ?? [];
      const isThere = here(called).rows(unbracket(of)) !== undefined;
      called.answer.rows(['made'], [{ made: isThere ? 1 : 0 }]);
    },
  },
  {
    sql: new RegExp(`^SELECT COUNT_BIG\\(\\*\\) AS counted FROM ${table}$`),
    run(called) {
      const rows = here(called).rows(unbracket(called.match[1] ?? ''))?.length ?? 0;
      called.answer.rows(['counted'], [{ counted: BigInt(rows) }]);
    },
  },
  {
    sql: /^SELECT name AS name FROM sys\.databases$/,
    run: ({ server, answer }) =>
      answer.rows(
        ['name'],
        server.databases.map((each) => ({ name: each.name })),
      ),
  },
];
