import type { ByHand } from '../by-hand.ts';
import { wordPlace } from './database-place.ts';
import { dumpFolder } from './dump-facts.ts';
import { type PostgresSourceSettings, serverOf } from './settings.ts';

/** Beside the live one: who knows no more than this page must not drop anything. */
export function postgresByHand(name: string, settings: PostgresSourceSettings): ByHand {
  const { database } = settings;
  const restored = `${database}_restored`;
  const dump = `${name}/${dumpFolder}`;
  return {
    paths: [wordPlace(serverOf(settings))],
    folders: [],
    packages: ['postgresql-client'],
    check: [['pg_restore', '--list', '-f', '/dev/null', dump]],
    putBack: [
      ['createdb', '-U', 'postgres', '-T', 'template0', restored],
      ['pg_restore', '-U', 'postgres', '--exit-on-error', '-d', restored, dump],
    ],
  };
}
