import { identifier } from '../../databases/sqlserver/quote.ts';
import { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import { leftThere } from '../left-there.ts';
import type { ExchangeItem, LeftThere, WhereItStood } from '../restore-kind.ts';

/** What a server that was given up may still have of an exchange. */
export function leftInSqlserver(item: ExchangeItem, stood: WhereItStood): LeftThere | undefined {
  const database = identifier(SqlserverSettings.parse(item.server).name);
  const kept = identifier(item.outgoing);
  return leftThere(item, stood, {
    noun: 'database',
    live: `database ${database}`,
    quoted: identifier,
    drop: (other) => `DROP DATABASE IF EXISTS ${identifier(other)};`,
    shut: {
      words: `${database} may let in one user only, and ${kept} is offline where it is there.`,
      sql: [`ALTER DATABASE ${database} SET MULTI_USER;`],
    },
  });
}
