import { identifier } from '../../databases/mariadb/quote.ts';
import type { ByHand } from '../by-hand.ts';
import { wordPlace } from './database-place.ts';
import { tablesFolder } from './dump-facts.ts';
import { type MariadbSourceSettings, serverOf } from './settings.ts';

/** Beside the live one: who knows no more than this page must not drop anything. */
export function mariadbByHand(name: string, settings: MariadbSourceSettings): ByHand {
  const restored = `${settings.database}_restored`;
  const tables = `${name}/${tablesFolder}`;
  // Tables take numbers from sequences, and views call functions.
  const sequences = `grep -rl '^CREATE SEQUENCE' ${tables} | sort | xargs -r cat`;
  const others = `grep -rL '^CREATE SEQUENCE' ${tables} | sort | xargs -r cat; cat ${name}/*.sql`;
  const load = (what: string) => [
    'sh',
    '-c',
    `{ ${what}; } | mariadb --comments -- "$0"`,
    restored,
  ];
  return {
    paths: [wordPlace(serverOf(settings))],
    folders: [],
    packages: ['mariadb-client'],
    // Names what breaks off.
    check: [['grep', '-rL', '-x', '-e', '-- Dump completed', tables]],
    putBack: [
      ['mariadb', '-e', `CREATE DATABASE ${identifier(restored)}`],
      load(sequences),
      load(others),
    ],
  };
}
