/** A name in SQL. Source: PostgreSQL manual, 4.1.1. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text in SQL; with standard_conforming_strings, which every session sets. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
