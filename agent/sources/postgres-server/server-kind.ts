import type { ServerKind } from '../physical/server-kind.ts';
import { prove } from './prove.ts';
import { findingsOn } from './restore-findings.ts';
import { runningOn } from './running-on.ts';
import { product } from './sessions.ts';
import { type PostgresServerSettings, serverOf } from './settings.ts';

/** Two segments of the log, and what it takes to stop. */
const startBytes = 256 << 20;

export function postgresServerKind(source: string, settings: PostgresServerSettings): ServerKind {
  const { engine, data } = settings;
  return {
    engine,
    server: 'postgres',
    product,
    data,
    startBytes,
    runningOn,
    findings: async (facts, signal) =>
      await findingsOn({ source, data, server: serverOf(settings), facts }, signal),
    prove,
  };
}
