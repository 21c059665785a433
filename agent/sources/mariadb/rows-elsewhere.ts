/** Of which only the definition is dumped: rows that are seen in them are those of another table, server or file. */
const engines: ReadonlySet<string> = new Set([
  'mrg_myisam',
  'connect',
  'oqgraph',
  'spider',
  'federated',
]);

export function areRowsElsewhere({ engine }: { readonly engine: string }): boolean {
  return engines.has(engine.toLowerCase());
}
