import { tokensOf, type WhenSign, type WhenToken } from './when-tokens.ts';

/** Values of the keys that conditions ask, such as { connected: true, screen: 'restore' }. */
export type ContextKeys = Readonly<Record<string, ContextValue>>;
export type ContextValue = string | number | boolean | readonly string[] | undefined;

type Order = '<' | '<=' | '>' | '>=';

/** A condition, parsed. */
export type When =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'not'; readonly of: When }
  | { readonly kind: 'equals'; readonly key: string; readonly value: string }
  | { readonly kind: 'matches'; readonly key: string; readonly pattern: RegExp }
  | { readonly kind: 'in'; readonly key: string; readonly list: string }
  | { readonly kind: 'orders'; readonly key: string; readonly by: Order; readonly value: number }
  | { readonly kind: 'and'; readonly parts: readonly When[] }
  | { readonly kind: 'or'; readonly parts: readonly When[] };

/**
 * Parses VS Code's `when` grammar: `key`, `!key`, `key == value`, `!=`, `=~ /pattern/i`, `<`, `<=`, `>`, `>=`,
 * `key in list`, `key not in list`, `true`, `false`, parentheses, `&&`, and `||`, which binds weaker. Throws on
 * anything else.
 */
export function parseWhen(text: string): When {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const tokens = tokensOf(text);
  const read = tokens === undefined ? undefined : orOf(tokens);
  if (read === undefined || read.rest.length > 0) throw new Error(`not a condition: "${text}"`);
  parsed.set(text, read.when);
  return read.when;
}

// Asked with every key and every frame for each binding; only conditions of the code and of one file come here.
const parsed = new Map<string, When>();

export function evaluateWhen(when: When, keys: ContextKeys): boolean {
  switch (when.kind) {
    case 'constant':
      return when.value;
    case 'key':
      return Boolean(keys[when.key]);
    case 'not':
      return !evaluateWhen(when.of, keys);
    case 'equals':
      return textOf(keys[when.key]) === when.value;
    case 'matches':
      return when.pattern.test(textOf(keys[when.key]));
    case 'in':
      return isIn(keys[when.key], keys[when.list]);
    case 'orders':
      return inOrder(Number(keys[when.key] ?? Number.NaN), when.by, when.value);
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
    case 'constant':
      return [];
    case 'key':
    case 'equals':
    case 'matches':
    case 'orders':
      return [when.key];
    case 'in':
      return [when.key, when.list];
    case 'not':
      return keysOf(when.of);
    case 'and':
    case 'or':
      return when.parts.flatMap(keysOf);
    default:
      return when satisfies never;
  }
}

function textOf(value: ContextValue): string {
  return value === undefined ? '' : String(value);
}

function isIn(value: ContextValue, list: ContextValue): boolean {
  return Array.isArray(list) && list.includes(textOf(value));
}

function inOrder(found: number, by: Order, value: number): boolean {
  switch (by) {
    case '<':
      return found < value;
    case '<=':
      return found <= value;
    case '>':
      return found > value;
    case '>=':
      return found >= value;
    default:
      return by satisfies never;
  }
}

type Tokens = readonly WhenToken[];
/** What was read, and the tokens behind it. Undefined: it is none. */
type Read = { readonly when: When; readonly rest: Tokens } | undefined;

function orOf(tokens: Tokens): Read {
  return joined(tokens, '||', andOf, (parts) => ({ kind: 'or', parts }));
}

function andOf(tokens: Tokens): Read {
  return joined(tokens, '&&', termOf, (parts) => ({ kind: 'and', parts }));
}

function joined(
  tokens: Tokens,
  by: WhenSign,
  part: (tokens: Tokens) => Read,
  join: (parts: readonly When[]) => When,
): Read {
  const parts: When[] = [];
  let rest = tokens;
  do {
    const read = part(parts.length === 0 ? rest : rest.slice(1));
    if (read === undefined) return undefined;
    parts.push(read.when);
    rest = read.rest;
  } while (isSign(rest[0], by));
  const [only] = parts;
  return { when: parts.length === 1 && only !== undefined ? only : join(parts), rest };
}

function termOf(tokens: Tokens): Read {
  const [first, ...rest] = tokens;
  if (isSign(first, '!')) {
    const read = termOf(rest);
    return read && { when: { kind: 'not', of: read.when }, rest: read.rest };
  }
  if (isSign(first, '(')) {
    const read = orOf(rest);
    return read && isSign(read.rest[0], ')')
      ? { when: read.when, rest: read.rest.slice(1) }
      : undefined;
  }
  return first?.kind === 'word' ? comparisonOf(first.text, rest) : undefined;
}

function comparisonOf(key: string, tokens: Tokens): Read {
  const [operator, operand] = tokens;
  if (isWord(operator, 'in')) return withOperand(inList(key, operand), tokens.slice(2));
  if (isWord(operator, 'not') && isWord(operand, 'in')) {
    const list = inList(key, tokens[2]);
    return withOperand(list && { kind: 'not', of: list }, tokens.slice(3));
  }
  if (operator?.kind === 'sign' && takesOperand.has(operator.sign))
    return withOperand(compared(key, operator.sign, operand), tokens.slice(2));
  if (key === 'true' || key === 'false')
    return { when: { kind: 'constant', value: key === 'true' }, rest: tokens };
  return { when: { kind: 'key', key }, rest: tokens };
}

const takesOperand: ReadonlySet<WhenSign> = new Set(['==', '!=', '=~', '<', '<=', '>', '>=']);

function withOperand(when: When | undefined, rest: Tokens): Read {
  return when && { when, rest };
}

function inList(key: string, list: WhenToken | undefined): When | undefined {
  return list?.kind === 'word' ? { kind: 'in', key, list: list.text } : undefined;
}

function compared(key: string, sign: WhenSign, token: WhenToken | undefined): When | undefined {
  if (sign === '=~') return token?.kind === 'pattern' ? matching(key, token) : undefined;
  if (token?.kind !== 'word' && token?.kind !== 'quoted') return undefined;
  if (sign === '==' || sign === '!=') {
    const equals: When = { kind: 'equals', key, value: token.text };
    return sign === '==' ? equals : { kind: 'not', of: equals };
  }
  const value = Number(token.text);
  const by = orders.find((order) => order === sign);
  return by === undefined || Number.isNaN(value) ? undefined : { kind: 'orders', key, by, value };
}

const orders = ['<', '<=', '>', '>='] as const;

function matching(
  key: string,
  { source, flags }: Extract<WhenToken, { kind: 'pattern' }>,
): When | undefined {
  try {
    // With "g" or "y" the same text would match every other time.
    return { kind: 'matches', key, pattern: new RegExp(source, flags.replaceAll(/[gy]/g, '')) };
  } catch {
    return undefined;
  }
}

function isSign(token: WhenToken | undefined, sign: WhenSign): boolean {
  return token?.kind === 'sign' && token.sign === sign;
}

function isWord(token: WhenToken | undefined, text: string): boolean {
  return token?.kind === 'word' && token.text === text;
}
