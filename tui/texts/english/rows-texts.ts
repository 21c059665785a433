import { formatCount } from '../count.ts';

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
  screen: {
    search: 'Search',
    placeholder: 'text in any column; Enter searches',
    all: 'All of the table',
    plan: (count: number): string =>
      count === 0 ? 'Plan for the marked' : `Plan for ${count} ${count === 1 ? 'row' : 'rows'}`,
    noneMarked: 'Space marks rows',
    noKey: 'This row has no key to pick it by; the table can come back as a whole.',
    more: 'more rows: Enter reads on',
    count: (total: number, marked: number): string =>
      `${formatCount(total)} ${total === 1 ? 'row' : 'rows'}${marked === 0 ? '' : `, ${marked} marked`}`,
    none: 'No rows.',
    noneSoFar: 'nothing was found yet: Enter searches on',
    unpacking: 'Unpacking the database of this backup to read it. A large one takes some seconds.',
    commands: {
      rows: 'Rows of a table',
      search: 'Search the rows',
      mark: 'Mark the selected row',
      plan: 'Plan for the marked rows',
    },
  },
  more: (after: string): string => `There is more: --after ${after}`,
};
