import { isAbsolute } from 'node:path';
import { commandKeys } from '../../config/command-keys.ts';
import { hiddenMark } from './hidden.ts';
import { plainSettings } from './plain-settings.ts';
import { type RedactedText, redactUrl } from './redact-url.ts';
import { fitting, readSettingSchema, type SettingSchema } from './setting-schema.ts';

export interface RedactedConfig {
  /** The same shape; what may be a secret is replaced. */
  readonly shown: unknown;
  readonly hidden: readonly string[];
}

/**
 * The configuration, valid or not, as far as its schema says that it can be shown: numbers, choices, names, paths,
 * and the texts of `plain-settings.ts`. What the schema does not know is hidden whole.
 */
export function redactConfig(value: unknown): RedactedConfig {
  const hidden: string[] = [];
  const shown = redact(value, { schemas: [readSettingSchema()], path: [], hidden });
  return { shown, hidden };
}

interface Place {
  /** What may stand here; none: nothing that is known. */
  readonly schemas: readonly SettingSchema[];
  readonly path: readonly string[];
  readonly hidden: string[];
}

function redact(value: unknown, place: Place): unknown {
  const at = { ...place, schemas: fitting(place.schemas, value) };
  if (typeof value === 'string') return redactText(value, at);
  if (Array.isArray(value)) return redactList(value, at);
  if (typeof value === 'object' && value !== null) return redactObject(value, at);
  if (value === null || at.schemas.length > 0) return value;
  place.hidden.push(String(value));
  return hiddenMark;
}

function redactObject(value: object, at: Place): unknown {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const schemas = at.schemas.flatMap((schema) => propertyOf(schema, key));
      const isNamed = at.schemas.some(({ properties = {} }) => Object.hasOwn(properties, key));
      const path = [...at.path, isNamed ? key : '*'];
      return [key, redact(inner, { ...at, schemas, path })];
    }),
  );
}

function propertyOf(schema: SettingSchema, key: string): readonly SettingSchema[] {
  const { properties = {}, additionalProperties } = schema;
  if (Object.hasOwn(properties, key)) return [properties[key] ?? {}];
  return typeof additionalProperties === 'object' ? [additionalProperties] : [];
}

function redactList(value: readonly unknown[], at: Place): unknown {
  const schemas = at.schemas.flatMap(({ items }) => (items === undefined ? [] : [items]));
  const path = [...at.path, '*'];
  return value.map((inner, index) => {
    const isProgram = index === 0 && commandKeys.has(at.path.at(-1) ?? '');
    if (isProgram && typeof inner === 'string' && isAbsolute(inner) && schemas.length > 0)
      return inner;
    return redact(inner, { ...at, schemas, path });
  });
}

function redactText(value: string, { schemas, path, hidden }: Place): string {
  const redacted = textAt(value, schemas, path);
  hidden.push(...redacted.hidden);
  return redacted.shown;
}

function textAt(
  value: string,
  schemas: readonly SettingSchema[],
  path: readonly string[],
): RedactedText {
  const isKnown = schemas.length > 0 && schemas.every((schema) => says(schema, value));
  if (isKnown || (schemas.length > 0 && plainSettings.has(path.join('.'))))
    return { shown: value, hidden: [] };
  if (schemas.some(({ format }) => format === 'uri')) return redactUrl(value, 'hidden');
  if (schemas.some(({ pattern }) => pattern?.startsWith('^http')))
    return redactUrl(value, 'short-words');
  return { shown: hiddenMark, hidden: [value] };
}

/** A choice, or a text of a form that holds no secret: a name, a path, a time, a public key. Addresses may. */
function says({ const: only, enum: choices, pattern }: SettingSchema, value: string): boolean {
  if (only !== undefined) return value === only;
  if (choices !== undefined) return choices.includes(value);
  if (pattern === undefined || !pattern.startsWith('^') || pattern.startsWith('^http'))
    return false;
  return new RegExp(pattern).test(value);
}
