import { account, identifier } from '../../databases/mariadb/quote.ts';
import { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { leftThere } from '../left-there.ts';
import type { ExchangeItem, LeftThere, WhereItStood } from '../restore-kind.ts';

/** What a server that was given up may still have of an exchange, locked accounts first of all. */
export function leftInMariadb(item: ExchangeItem, stood: WhereItStood): LeftThere | undefined {
  const database = identifier(MariadbSettings.parse(item.server).name);
  const tables = item.tables === undefined ? '' : `${item.tables.join(', ')} in the `;
  const { step } = stood;
  const accounts = step !== undefined && 'accounts' in step ? step.accounts : [];
  const locked =
    accounts.length === 0 ? '' : `These accounts may be locked: ${accounts.join(', ')}. `;
  return leftThere(item, stood, {
    noun: 'database',
    live: `${tables}content of the database ${database}`,
    quoted: identifier,
    drop: (other) => `DROP DATABASE IF EXISTS ${identifier(other)};`,
    shut: {
      words: `${locked}Views, triggers, routines and events of ${database} may be missing.`,
      sql: accounts.map((each) => `ALTER USER ${account(each)} ACCOUNT UNLOCK;`),
    },
  });
}
