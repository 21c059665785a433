import * as z from 'zod';
import { Config } from '../../config/config.ts';

/** As much of JSON Schema as the configuration's has; all of it optional. */
export interface SettingSchema {
  readonly type?: string | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly pattern?: string | undefined;
  readonly format?: string | undefined;
  readonly properties?: Readonly<Record<string, SettingSchema>> | undefined;
  readonly additionalProperties?: SettingSchema | boolean | undefined;
  readonly items?: SettingSchema | undefined;
  readonly anyOf?: readonly SettingSchema[] | undefined;
  readonly oneOf?: readonly SettingSchema[] | undefined;
}

const SettingSchema: z.ZodType<SettingSchema> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    pattern: z.string().optional(),
    format: z.string().optional(),
    properties: z.record(z.string(), SettingSchema).optional(),
    additionalProperties: z.union([SettingSchema, z.boolean()]).optional(),
    items: SettingSchema.optional(),
    anyOf: z.array(SettingSchema).optional(),
    oneOf: z.array(SettingSchema).optional(),
  }),
);

/** The configuration's, made of the schemas that its engines, stores and services bring. */
export function readSettingSchema(): SettingSchema {
  return SettingSchema.parse(z.toJSONSchema(Config, { io: 'input', reused: 'inline' }));
}

/** Those of the alternatives that a value can be meant for: by its type, and by what its kind says. */
export function fitting(
  schemas: readonly SettingSchema[],
  value: unknown,
): readonly SettingSchema[] {
  return schemas
    .flatMap((schema) => alternatives(schema))
    .filter((schema) => isOfType(schema, value) && agrees(schema, value));
}

function alternatives(schema: SettingSchema): readonly SettingSchema[] {
  const inner = schema.anyOf ?? schema.oneOf;
  return inner === undefined ? [schema] : inner.flatMap(alternatives);
}

function isOfType({ type }: SettingSchema, value: unknown): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'number':
    case 'integer':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return true;
  }
}

/** "kind", "engine" and "manager" say which alternative is meant. */
function agrees({ properties = {} }: SettingSchema, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const given = new Map(Object.entries(value));
  return Object.entries(properties).every(
    ([key, inner]) => inner.const === undefined || given.get(key) === inner.const,
  );
}
