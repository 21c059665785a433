import type { DatabaseSettings } from '../databases/settings.ts';
import type { ProbeSettings } from './probe-settings.ts';
import { probeDisk } from './probes/disk.ts';
import { probeHttp } from './probes/http.ts';
import { probeSql } from './probes/sql.ts';
import { probeSqlite } from './probes/sqlite.ts';
import type { SeenLock } from './probes/sqlite-lock.ts';
import { probeTcp } from './probes/tcp.ts';

/** `text`: what was asked and what came, in a few words: "GET /health 200 in 3 ms". */
export interface ProbeAnswer {
  readonly ok: boolean;
  readonly text: string;
}

/** What a probe must know of the looks before, kept by who asks again and again. */
export interface ProbeMemory {
  /** By path of the database. */
  readonly locks: Map<string, SeenLock>;
}

/** What a probe is asked of. */
export interface Probed {
  readonly memory: ProbeMemory;
  /** Of the service that has the probe. */
  readonly database?: DatabaseSettings | undefined;
}

/** Asks a service, within the probe's own deadline; the registry of probe kinds. */
export async function probe(
  settings: ProbeSettings,
  signal: AbortSignal,
  { memory, database }: Probed = { memory: { locks: new Map() } },
): Promise<ProbeAnswer> {
  switch (settings.kind) {
    case 'http':
      return await probeHttp(settings, signal);
    case 'tcp':
      return await probeTcp(settings, signal);
    case 'sqlite':
      return await probeSqlite(settings, signal, memory);
    case 'disk':
      return await probeDisk(settings, signal);
    case 'sql':
      return await probeSql(settings, database, signal);
    default:
      return settings satisfies never;
  }
}
