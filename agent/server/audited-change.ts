import { ConfigChange, type ConfigPath } from '../../protocol/domain/config-change.ts';
import { commandKeys } from '../config/command-keys.ts';
import { shortened } from './shortened.ts';

/** Changes of the configuration: where, and what to, as far as that is no secret. None hides behind others. */
export function auditedChanges(changes: readonly unknown[]): Record<string, unknown> {
  const read = changes.flatMap((change) => ConfigChange.safeParse(change).data ?? []);
  const places = Map.groupBy(read, ({ path }) => path.join('.'));
  const told = [...places].map(([place, made]) => {
    const words = made.map(became);
    return [place, words.length === 1 ? words[0] : words];
  });
  return Object.fromEntries(told);
}

/** Of what is too long the places, and of each as much as says more than its length. */
export function placesOf(told: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const cut = Object.entries(told).map(([place, word]) => {
    const { length } = JSON.stringify(word) ?? '';
    return [shortened(place), length > wordMost ? `${length} characters` : word];
  });
  return Object.fromEntries(cut);
}

const wordMost = 100;

function became(change: ConfigChange): unknown {
  const { kind, path } = change;
  switch (kind) {
    case 'set':
    case 'insert':
      return auditedSetting(path, change.value);
    case 'remove':
      return 'removed';
    case 'rename':
      return `renamed to ${change.to}`;
    default:
      return kind satisfies never;
  }
}

/** Secrets are references in a configuration; what somebody put there by mistake is not kept, nor what any text may be. */
function auditedSetting(path: ConfigPath, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one, n) => auditedSetting([...path, n], one));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, auditedSetting([...path, key], one)]),
    );
  }
  const keys = path.map(String);
  const may = keys.some((key) => isSecret(key) || carriers.has(key)) && !isReference(keys);
  if (typeof value !== 'string') return may ? hidden : value;
  return may ? hidden : shortened(value);
}

export const hidden = 'not kept';

/** Their words may hold a password: of commands, environments and addresses. */
const carriers: ReadonlySet<string> = new Set([...commandKeys, 'environment', 'url']);

/** Where a secret is found. */
function isReference(keys: readonly string[]): boolean {
  const [above = '', last = ''] = keys.slice(-2);
  return isSecret(above) && ['env', 'file', 'credential'].includes(last);
}

export function isSecret(key: string): boolean {
  return /passw|passphrase|secret|token/i.test(key);
}
