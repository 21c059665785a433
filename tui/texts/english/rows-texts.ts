/** Rows of a backup's database: `kedge backup rows`, and the rows of the Restore screen. */
export const rowsTexts = {
  unpacking: 'unpack the database to read it',
  columns: { table: 'TABLE', rows: 'ROWS', key: 'KEY' },
  null: 'NULL',
  noKey: '(none: only the table as a whole comes back)',
  noTables: 'This database has no tables.',
  noRows: (more: boolean): string =>
    more ? 'Nothing was found in the part that was searched.' : 'No rows.',
  pick: (table: string): string =>
    `Bring rows back with  kedge restore plan BACKUP --row '${table}=KEY'`,
  pickTable: (table: string): string =>
    `Its rows can't be picked; the table comes back with  kedge restore plan BACKUP --table '${table}'`,
  more: (after: string): string => `There is more: --after ${after}`,
};
