/** N'it''s' */
export const text = "N'((?:[^']|'')*)'";
/** [a]]b] */
export const name = String.raw`\[((?:[^\]]|\]\])*)\]`;

export function unquote(literal: string): string {
  return literal.replaceAll("''", "'");
}

export function unbracket(identifier: string): string {
  return identifier.replaceAll(']]', ']');
}

/** White space of a pattern stands for any; the whole statement has to match. */
export function statement(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(' ', String.raw`\s+`)}$`, 's');
}
