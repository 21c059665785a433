export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Halved again and again: SQLite refuses expressions deeper than 1,000, and a table may have 2,000 columns. */
export function joined(parts: readonly string[], operator: 'and' | 'or' | '+'): string {
  if (parts.length <= 2) return parts.join(` ${operator} `);
  const middle = Math.ceil(parts.length / 2);
  const halves = [parts.slice(0, middle), parts.slice(middle)];
  return halves.map((half) => `(${joined(half, operator)})`).join(` ${operator} `);
}

/** `live."a" = then."a" and ...`; the collation is that of the live column. */
export function sameKey(key: readonly string[], left: string, right: string): string {
  return key.map((name) => `${left}.${quoted(name)} = ${right}.${quoted(name)}`).join(' and ');
}

export function anyNull(key: readonly string[], side?: string): string {
  const of = side === undefined ? '' : `${side}.`;
  return key.map((name) => `${of}${quoted(name)} is null`).join(' or ');
}

/** Letter case and storage class count as well, whatever the column says. */
export function differs(column: string, left: string, right: string): string {
  const [a, b] = [`${left}.${quoted(column)}`, `${right}.${quoted(column)}`];
  return `(${a} collate binary is not ${b} or typeof(${a}) <> typeof(${b}))`;
}
