import type * as z from 'zod';
import { failureOf } from '../../protocol/failures.ts';
import { configTest } from '../../protocol/methods/config.ts';
import type { Config } from '../config/config.ts';
import { auditedOutcome, auditedParams } from './audited.ts';
import type { Daemon } from './daemon.ts';
import type { Asker } from './door.ts';
import { shortened } from './shortened.ts';

const hostsMost = 50;

/** A test changes nothing here, but may send a login to a host that the asker names: that is on record before it is sent. */
export async function recordTest<T>(
  { state, now }: Pick<Daemon, 'state' | 'now'>,
  asked: z.infer<typeof configTest.params> & { readonly config: Config },
  asker: Asker,
  test: () => Promise<T>,
): Promise<T> {
  const { config, ...said } = asked;
  const hosts = hostsIn(config[said.section]?.[said.name]).slice(0, hostsMost).map(shortened);
  // Last: no change may hide them.
  const params = { ...auditedParams(configTest.name, said), hosts };
  const entry = state.audit.begin({ atMs: now(), method: configTest.name, params, ...asker });
  try {
    const result = await test();
    state.audit.end(entry, { kind: 'done' });
    return result;
  } catch (error) {
    state.audit.end(entry, auditedOutcome({ kind: 'failure', failure: failureOf(error) }));
    throw error;
  }
}

/** Of addresses the host alone: the rest may hold a password. */
function hostsIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string')
    return key === 'host' ? [value] : key === 'url' ? hostOf(value) : [];
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.entries(value).flatMap(([name, one]) => hostsIn(one, name));
  return [...new Set(found)];
}

function hostOf(url: string): readonly string[] {
  return URL.canParse(url) ? [new URL(url).host] : [];
}
