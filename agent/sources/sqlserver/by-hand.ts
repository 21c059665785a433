import type { ByHand } from '../by-hand.ts';
import { fullName } from './backup-facts.ts';
import { wordPlace } from './database-place.ts';
import { type SqlserverSourceSettings, serverOf } from './settings.ts';

/** Beside the live one: who knows no more than this page must not drop anything. */
export function sqlserverByHand(name: string, settings: SqlserverSourceSettings): ByHand {
  const { database, exchange } = settings;
  const slash = exchange.server.includes('\\') ? '\\' : '/';
  const file = `${exchange.server}${slash}${fullName}`;
  const disk = `DISK = N'${file.replaceAll("'", "''")}'`;
  const restored = `[${`${database}_restored`.replaceAll(']', ']]')}]`;
  return {
    paths: [wordPlace(serverOf(settings))],
    folders: [],
    packages: ['mssql-tools18'],
    check: [],
    putBack: [
      ['cp', `${name}/${fullName}`, exchange.here],
      ['sqlcmd', '-Q', `RESTORE FILELISTONLY FROM ${disk}`],
      ['sqlcmd', '-Q', `RESTORE DATABASE ${restored} FROM ${disk} WITH MOVE N'NAME' TO N'PATH'`],
    ],
  };
}
