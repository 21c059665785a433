/** The pieces of a condition. `word`: a key or a value; `pattern`: what stands between the strokes after `=~`. */
export type WhenToken =
  | { readonly kind: 'sign'; readonly sign: WhenSign }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string };

const signs = ['&&', '||', '==', '!=', '=~', '<=', '>=', '!', '<', '>', '(', ')'] as const;
export type WhenSign = (typeof signs)[number];

/** Undefined: some of the text is none of these. */
export function tokensOf(text: string): readonly WhenToken[] | undefined {
  const tokens: WhenToken[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const found = patternAt(tokens, rest) ?? signAt(rest) ?? quotedAt(rest) ?? wordAt(rest);
    if (found === undefined) return undefined;
    tokens.push(found.token);
    rest = rest.slice(found.length).trimStart();
  }
  return tokens;
}

interface Found {
  readonly token: WhenToken;
  readonly length: number;
}

function patternAt(before: readonly WhenToken[], text: string): Found | undefined {
  const last = before.at(-1);
  if (last?.kind !== 'sign' || last.sign !== '=~') return undefined;
  const [all, source = '', flags = ''] = /^\/((?:[^/\\]|\\.)+)\/([a-z]*)/.exec(text) ?? [];
  return all === undefined
    ? undefined
    : { token: { kind: 'pattern', source, flags }, length: all.length };
}

function signAt(text: string): Found | undefined {
  const sign = signs.find((one) => text.startsWith(one));
  return sign === undefined ? undefined : { token: { kind: 'sign', sign }, length: sign.length };
}

function quotedAt(text: string): Found | undefined {
  const [all, single, double] = /^(?:'([^']*)'|"([^"]*)")/.exec(text) ?? [];
  if (all === undefined) return undefined;
  return { token: { kind: 'quoted', text: single ?? double ?? '' }, length: all.length };
}

function wordAt(text: string): Found | undefined {
  const [word] = /^[^\s()=!<>&|~'"]+/.exec(text) ?? [];
  if (word === undefined) return undefined;
  return { token: { kind: 'word', text: word }, length: word.length };
}
