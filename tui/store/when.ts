/** Values of the keys that conditions ask, such as { connected: true, screen: 'restore' }. */
export type ContextKeys = Readonly<Record<string, string | number | boolean | undefined>>;

/** A condition, parsed. */
export type When =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'not'; readonly of: When }
  | { readonly kind: 'equals'; readonly key: string; readonly value: string }
  | { readonly kind: 'and'; readonly parts: readonly When[] }
  | { readonly kind: 'or'; readonly parts: readonly When[] };

/**
 * Parses VS Code's `when` grammar as far as it is used here: `key`, `!key`, `key == value`,
 * `key != value`, `&&`, `||` (which binds weaker). Throws on anything else.
 */
export function parseWhen(text: string): When {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const parts = text.split('||').map(parseAnd);
  const when = one(parts) ?? { kind: 'or', parts };
  parsed.set(text, when);
  return when;
}

// Asked with every key and every frame for each binding; only conditions of the code come here.
const parsed = new Map<string, When>();

export function evaluateWhen(when: When, keys: ContextKeys): boolean {
  switch (when.kind) {
    case 'key':
      return Boolean(keys[when.key]);
    case 'not':
      return !evaluateWhen(when.of, keys);
    case 'equals':
      return String(keys[when.key] ?? '') === when.value;
    case 'and':
      return when.parts.every((part) => evaluateWhen(part, keys));
    case 'or':
      return when.parts.some((part) => evaluateWhen(part, keys));
    default:
      return when satisfies never;
  }
}

/** The keys that a condition asks, so that one nobody sets can be found. */
export function keysOf(when: When): readonly string[] {
  switch (when.kind) {
    case 'key':
    case 'equals':
      return [when.key];
    case 'not':
      return keysOf(when.of);
    case 'and':
    case 'or':
      return when.parts.flatMap(keysOf);
    default:
      return when satisfies never;
  }
}

function parseAnd(text: string): When {
  const parts = text.split('&&').map((part) => parseTerm(part.trim()));
  return one(parts) ?? { kind: 'and', parts };
}

function parseTerm(text: string): When {
  const comparison = /^([\w.-]+)\s*(==|!=)\s*'?([\w.-]*)'?$/.exec(text);
  if (comparison !== null) {
    const [, key = '', operator, value = ''] = comparison;
    const equals: When = { kind: 'equals', key, value };
    return operator === '==' ? equals : { kind: 'not', of: equals };
  }
  const [, not, key] = /^(!?)\s*([\w.-]+)$/.exec(text) ?? [];
  if (key === undefined) throw new Error(`not a condition: "${text}"`);
  return not === '!' ? { kind: 'not', of: { kind: 'key', key } } : { kind: 'key', key };
}

function one(parts: readonly When[]): When | undefined {
  return parts.length === 1 ? parts[0] : undefined;
}
