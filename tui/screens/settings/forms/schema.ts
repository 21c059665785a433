import * as z from 'zod';

/** As much of JSON Schema as forms are drawn from. */
export interface Schema {
  readonly type?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly default?: unknown;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly additionalProperties?: boolean | Schema | undefined;
  readonly items?: Schema | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
}

export const Schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    default: z.unknown().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), Schema).optional(),
    additionalProperties: z.union([z.boolean(), Schema]).optional(),
    items: Schema.optional(),
    oneOf: z.array(Schema).optional(),
    anyOf: z.array(Schema).optional(),
  }),
);

/** The form that a value has, of several that it may have; undefined: none, or there is no value yet. */
export function formOf(schema: Schema, value: unknown): Schema | undefined {
  const forms = schema.oneOf ?? schema.anyOf;
  if (forms === undefined) return schema;
  const nested = forms.flatMap((form) => formOf(form, value) ?? []);
  return nested.find((form) => fits(form, value));
}

function fits(schema: Schema, value: unknown): boolean {
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum !== undefined) return schema.enum.includes(value);
  switch (schema.type) {
    case 'object':
      return isRecord(value) && hasConstants(schema, value);
    case 'array':
      return Array.isArray(value);
    case 'number':
    case 'integer':
      return typeof value === 'number';
    default:
      return typeof value === schema.type;
  }
}

/** What tells the forms of an object from each other, such as `"engine": "files"`. */
function hasConstants(
  { properties = {}, required = [] }: Schema,
  value: Readonly<Record<string, unknown>>,
): boolean {
  const constants = Object.entries(properties).every(
    ([key, { const: only }]) => only === undefined || value[key] === only,
  );
  return constants && required.every((key) => value[key] !== undefined);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
