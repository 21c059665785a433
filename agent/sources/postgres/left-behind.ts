import { identifier } from '../../databases/postgres/quote.ts';
import { PostgresSettings } from '../../databases/postgres/settings.ts';
import { leftThere } from '../left-there.ts';
import type { ExchangeItem, LeftThere, WhereItStood } from '../restore-kind.ts';

/** What a server that was given up may still have of an exchange. */
export function leftInPostgres(item: ExchangeItem, stood: WhereItStood): LeftThere | undefined {
  const { name } = PostgresSettings.parse(item.server);
  const database = identifier(name);
  if (item.tables !== undefined) {
    return leftThere(item, stood, {
      noun: 'schema',
      live: `data of ${item.tables.join(', ')} in the database ${database}`,
      quoted: identifier,
      drop: (schema) =>
        `/* in ${inComment(database)} */ DROP SCHEMA IF EXISTS ${identifier(schema)} CASCADE;`,
      shut: { words: '', sql: [] },
    });
  }
  return leftThere(item, stood, {
    noun: 'database',
    live: `database ${database}`,
    quoted: identifier,
    drop: (other) => `DROP DATABASE IF EXISTS ${identifier(other)};`,
    shut: {
      words: `${database} may let nobody in.`,
      sql: [`ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS true;`],
    },
  });
}

/** A name may hold what begins or ends a comment, and those of PostgreSQL lie in each other. */
function inComment(name: string): string {
  return name.replaceAll(/(?<=[*/])(?=[*/])/g, ' ');
}
