/** What `kedge backup diff` says. */
export const diffTexts = {
  from: 'From',
  to: 'To',
  same: 'They hold the same.',
  columns: {
    source: 'SOURCE',
    removed: 'REMOVED',
    changed: 'CHANGED',
    added: 'ADDED',
    before: 'BEFORE',
    after: 'AFTER',
  },
  list: { change: 'CHANGE', name: 'NAME', what: 'WHAT' },
  change: { removed: 'removed', changed: 'changed', added: 'added' },
  what: { content: 'content', kind: 'kind', time: 'time', metadata: 'mode, owner or attributes' },
  only: (what: string): string => `(${what} only)`,
  sizes: (before: string, after: string): string => `${before} -> ${after}`,
  more: (count: string): string => `  and ${count} more; --all shows them`,
  rows: (table: string, inserted: string, changed: string, deleted: string): string =>
    `    ${table}: ${inserted} inserted, ${changed} changed, ${deleted} deleted`,
  sameRows: (tables: string): string => `    rows of ${tables}: all the same`,
  allTables: (count: string): string => `${count} tables`,
  otherTables: (count: string): string => `${count} other tables`,
  schema: (type: string, name: string, change: string): string => `    ${type} ${name} ${change}`,
  problem: (text: string): string => `    ! not compared: ${text}`,
  askRows: 'Add --rows to count the rows that differ in databases.',
} as const;
