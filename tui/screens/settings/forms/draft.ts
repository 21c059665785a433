import type { ConfigPath } from '../../../../protocol/domain/config-change.ts';
import { isRecord } from './schema.ts';

/** What stands at a place of a value. */
export function valueIn(value: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return typeof key === 'number' ? at[key] : undefined;
    return isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }, value);
}

/** The same with another value at a place; undefined: without it. What is missing above it is made. */
export function putIn(value: unknown, path: ConfigPath, put: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return put;
  if (typeof key === 'number') {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    if (rest.length === 0 && put === undefined) return items.filter((_, n) => n !== key);
    return Object.assign([...items], { [key]: putIn(items[key], rest, put) });
  }
  const members = isRecord(value) ? value : {};
  const inner = putIn(members[key], rest, put);
  if (inner !== undefined) return { ...members, [key]: inner };
  return Object.fromEntries(Object.entries(members).filter(([name]) => name !== key));
}

/** The last key of a place becomes another one, where it stands. */
export function renameIn(value: unknown, path: ConfigPath, to: string): unknown {
  const above = path.slice(0, -1);
  const key = path.at(-1);
  const members = valueIn(value, above);
  if (!isRecord(members)) return value;
  const renamed = Object.entries(members).map(([name, one]) => [name === key ? to : name, one]);
  return putIn(value, above, Object.fromEntries(renamed));
}
