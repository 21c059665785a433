import { createHash } from 'node:crypto';
import type { Chain } from '../chain/chain.ts';
import type { Config } from '../config/config.ts';
import { type Asked, askedFields } from './modes/asked.ts';

/** What a plan is bound to, each part hashed by itself, so that a stale plan can say what changed. */
interface Bound {
  readonly backup: string;
  readonly configuration: string;
  readonly services: string;
  readonly version: string;
  readonly asked: string;
}

export function fingerprintOf(archive: Chain, config: Config, asked: Asked): string {
  const { application, sources, services } = config;
  const bound: Bound = {
    backup: hash([archive.header, archive.reader.sizeBytes]),
    configuration: hash([sources, application.id, application.name]),
    services: hash(services ?? {}),
    version: hash(application.version ?? ''),
    asked: hash(askedFields(asked)),
  };
  return Object.values(bound).join('-');
}

/** What differs between two fingerprints, in words, or undefined. */
export function whatChanged(then: string, now: string): string | undefined {
  const names = [
    'the backup',
    'the configuration',
    'the services',
    'the application version',
    'what is brought back',
  ];
  const [before, after] = [then.split('-'), now.split('-')];
  const changed = names.filter((_, index) => before[index] !== after[index]);
  if (changed.length > 0) return changed.join(', ');
  return then === now ? undefined : 'the plan';
}

function hash(value: unknown): string {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'bigint' ? String(part) : part,
  );
  return createHash('sha256').update(text).digest('hex');
}
