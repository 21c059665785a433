import type { ConfigChange, ConfigPath } from '../../../../protocol/domain/config-change.ts';
import { formOf, isRecord, type Schema } from './schema.ts';

/** A place of the configuration that names an entry of one of its sections. */
export interface Naming {
  readonly path: ConfigPath;
  /** An item of a list that goes on without it, or a setting that may be absent. */
  readonly optional: boolean;
}

/** Where the entry of a section is named, as the schema tells it. */
export function namedBy(
  schema: Schema,
  value: unknown,
  section: string,
  name: string,
): readonly Naming[] {
  return find({ schema, value, path: [], optional: false }, section, name);
}

interface Place extends Naming {
  readonly schema: Schema;
  readonly value: unknown;
}

function find(place: Place, section: string, name: string): readonly Naming[] {
  const { schema, value, path, optional } = place;
  const form = formOf(schema, value) ?? schema;
  if (typeof value === 'string') {
    const names = schema.names ?? form.names;
    return names === section && value === name ? [{ path, optional }] : [];
  }
  return partsOf(place, form).flatMap((part) => find(part, section, name));
}

function partsOf({ value, path }: Place, form: Schema): readonly Place[] {
  if (Array.isArray(value)) {
    const { items = {} } = form;
    const least = form.minItems ?? 0;
    return value.map((item, n) => ({
      ...{ schema: items, value: item, path: [...path, n], optional: value.length > least },
    }));
  }
  if (!isRecord(value)) return [];
  const { properties = {}, additionalProperties, required = [] } = form;
  const others = typeof additionalProperties === 'object' ? additionalProperties : {};
  return Object.entries(value).map(([key, one]) => ({
    schema: properties[key] ?? others,
    value: one,
    path: [...path, key],
    optional: !required.includes(key) && properties[key] !== undefined,
  }));
}

/** A section's entry under another name, also where it is named. */
export function renameEverywhere(
  namings: readonly Naming[],
  path: ConfigPath,
  to: string,
): readonly ConfigChange[] {
  const named = namings.map(({ path: at }): ConfigChange => ({ kind: 'set', path: at, value: to }));
  // Last: the places above are still where they were found.
  return [...named, { kind: 'rename', path, to }];
}

/** An entry taken out, and out of the lists and settings that name it. */
export function removeEverywhere(
  namings: readonly Naming[],
  path: ConfigPath,
): readonly ConfigChange[] {
  // From the end: what is taken out of a list moves what follows.
  const named = namings.toReversed().map(
    ({ path: at }): ConfigChange => ({
      kind: 'remove',
      path: at,
    }),
  );
  return [...named, { kind: 'remove', path }];
}
