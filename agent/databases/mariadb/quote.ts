/** A name in SQL, and with "@" between two of them an account. */
export function identifier(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A text in SQL; with the sql_mode that every session sets. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** "clinic@localhost"; the last "@" divides. */
export function account(text: string): string {
  const { user, host } = partsOf(text);
  return `${identifier(user)}@${identifier(host)}`;
}

export function partsOf(text: string): { readonly user: string; readonly host: string } {
  const at = text.lastIndexOf('@');
  return { user: text.slice(0, at), host: text.slice(at + 1) };
}
