import * as z from 'zod';

/** As much of JSON Schema as forms are drawn from. */
export interface Schema {
  readonly type?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** The section whose entries it names, such as "stores". */
  readonly names?: string | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly default?: unknown;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly pattern?: string | undefined;
  readonly minItems?: number | undefined;
  readonly required?: readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly additionalProperties?: boolean | Schema | undefined;
  /** What its keys may be, where they are names of the admin's own. */
  readonly propertyNames?: Schema | undefined;
  readonly items?: Schema | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
}

export const Schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    names: z.string().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    default: z.unknown().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    pattern: z.string().optional(),
    minItems: z.number().optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), Schema).optional(),
    additionalProperties: z.union([z.boolean(), Schema]).optional(),
    propertyNames: Schema.optional(),
    items: Schema.optional(),
    oneOf: z.array(Schema).optional(),
    anyOf: z.array(Schema).optional(),
  }),
);

/** The forms that a value may have: one, or each of several. */
export function formsOf(schema: Schema): readonly Schema[] {
  const forms = schema.oneOf ?? schema.anyOf;
  return forms === undefined ? [schema] : forms.flatMap(formsOf);
}

/** The form that a value has, of several that it may have; undefined: none, or there is no value yet. */
export function formOf(schema: Schema, value: unknown): Schema | undefined {
  const forms = formsOf(schema);
  if (forms.length === 1) return forms[0];
  return forms.find((form) => fits(form, value)) ?? forms.find((form) => isKind(form, value));
}

function fits(schema: Schema, value: unknown): boolean {
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum !== undefined) return schema.enum.includes(value);
  switch (schema.type) {
    case 'object':
      return (
        isKind(schema, value) &&
        (schema.required ?? []).every((key) => isRecord(value) && value[key] !== undefined)
      );
    case 'array':
      return Array.isArray(value);
    case 'number':
    case 'integer':
      return typeof value === 'number';
    default:
      return typeof value === schema.type;
  }
}

/** Whether what tells the forms of an object from each other says so, such as `"engine": "files"`. */
function isKind(form: Schema, value: unknown): boolean {
  const own = constantsOf(form);
  return (
    form.type === 'object' && isRecord(value) && own.every(([key, only]) => value[key] === only)
  );
}

/** What an object of this form says of itself. */
function constantsOf({ properties = {} }: Schema): readonly (readonly [string, unknown])[] {
  return Object.entries(properties).flatMap(([key, { const: only }]) =>
    only === undefined ? [] : [[key, only] as const],
  );
}

/** Whether a value has parts: an object, in one or several forms that say which they are. */
export function hasParts(schema: Schema): boolean {
  const forms = formsOf(schema);
  return forms.every(
    (form) =>
      form.type === 'object' &&
      form.properties !== undefined &&
      (forms.length === 1 || constantsOf(form).length > 0),
  );
}

/** "SQLite database"; where it has no title, what it says of itself. */
export function nameOfForm(form: Schema): string {
  if (form.title !== undefined) return form.title;
  if (form.const !== undefined) return String(form.const);
  const [constant] = constantsOf(form);
  return constant === undefined ? (form.type ?? '') : String(constant[1]);
}

/** What there is of a value before anything is entered. */
export function begunOf(form: Schema): unknown {
  if (form.const !== undefined) return form.const;
  if (form.type !== 'object' || form.properties === undefined) return undefined;
  const { properties, required = [] } = form;
  const begun = required.flatMap((key) => {
    const [only, ...more] = formsOf(properties[key] ?? {});
    const value = only === undefined || more.length > 0 ? undefined : begunOf(only);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(begun);
}

/** The same value in another form, as far as that has the same settings. */
export function inForm(form: Schema, value: unknown): unknown {
  const begun = begunOf(form);
  if (!isRecord(begun) || !isRecord(value)) return begun;
  const { properties = {} } = form;
  const kept = Object.entries(value).filter(
    ([key]) => properties[key] !== undefined && properties[key].const === undefined,
  );
  return { ...begun, ...Object.fromEntries(kept) };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
