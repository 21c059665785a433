import type { ConfigPath } from '../../../../protocol/domain/config-change.ts';
import { texts } from '../../../texts/texts.ts';
import { schemaAt } from './config-form.ts';
import { valueIn } from './draft.ts';
import { isRecord, type Schema } from './schema.ts';

const words = texts.forms;
const ownName = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** Whether entries there have names of the admin's own, and what those must look like. */
export function namesAt(
  schema: Schema,
  values: unknown,
  section: ConfigPath,
): { readonly pattern?: string | undefined } | undefined {
  const form = section.length === 0 ? undefined : schemaAt(schema, values, section);
  return typeof form?.additionalProperties === 'object'
    ? { pattern: form.propertyNames?.pattern }
    : undefined;
}

/** What stands against a name in its section; undefined: nothing. */
export function nameProblem(
  name: string,
  values: unknown,
  section: ConfigPath,
  pattern: string | undefined,
): string | undefined {
  if (name === '') return words.names.needed;
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(name)) {
    return ownName.source === pattern ? words.names.letters : words.names.form(pattern);
  }
  const there = valueIn(values, section);
  return isRecord(there) && Object.hasOwn(there, name) ? words.names.taken(name) : undefined;
}

/** "local-2": a name that is free. */
export function freeName(name: string, values: unknown, section: ConfigPath): string {
  const there = valueIn(values, section);
  for (let n = 2; ; n += 1) {
    const free = `${name}-${n}`;
    if (!isRecord(there) || !Object.hasOwn(there, free)) return free;
  }
}
