import { product } from '../../databases/mariadb/open-session.ts';
import { serverExchanger } from '../physical/exchanger.ts';
import { restoreServer } from '../physical/restore-server.ts';
import type { Exchanger, SourceRestore } from '../restore-kind.ts';
import { serverFindings } from './findings.ts';
import { proveServer } from './prove.ts';
import { runningOn } from './running-on.ts';
import type { MariadbServerSettings } from './settings.ts';

export function restoreMariadbServer(
  source: string,
  settings: MariadbServerSettings,
): SourceRestore {
  return restoreServer(source, {
    engine: settings.engine,
    server: 'mariadb',
    product,
    data: settings.data,
    startBytes,
    runningOn,
    findings: async (facts, signal) => await serverFindings(source, settings, facts, signal),
    prove: proveServer,
  });
}

/** Its log of redo, 96 MiB by itself, and its temporary tables. */
const startBytes = 128 << 20;

export const mariadbServerExchanger: Exchanger = serverExchanger(product, runningOn);
