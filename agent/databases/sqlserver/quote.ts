/** A name in SQL. Source: Transact-SQL reference, "Delimited identifiers". */
export function identifier(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

/** A text in SQL, of any language. */
export function literal(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`;
}
