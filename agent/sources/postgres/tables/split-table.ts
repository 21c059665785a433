/** The schema and the name in what `wordTable` made of them. */
export function splitTable(table: string): { readonly schema: string; readonly name: string } {
  const [, schema = '', name = ''] =
    /^("(?:[^"]|"")*"|[^."]*)\.("(?:[^"]|"")*"|[^."]*)$/s.exec(table) ?? [];
  return { schema: bare(schema), name: bare(name) };
}

function bare(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word;
}
