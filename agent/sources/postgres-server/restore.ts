import { serverExchanger } from '../physical/exchanger.ts';
import { restoreServer } from '../physical/restore-server.ts';
import type { SourceRestore } from '../restore-kind.ts';
import { runningOn } from './running-on.ts';
import { postgresServerKind } from './server-kind.ts';
import { product } from './sessions.ts';
import type { PostgresServerSettings } from './settings.ts';

export function restorePostgresServer(
  source: string,
  settings: PostgresServerSettings,
): SourceRestore {
  return restoreServer(source, postgresServerKind(source, settings));
}

export const postgresServerExchanger = serverExchanger(product, runningOn);
