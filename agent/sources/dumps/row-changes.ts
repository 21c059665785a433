import type { TableChange } from '../../../protocol/domain/restore.ts';

/** A dump does not say it at a glance, and nothing may be taken for unchanged. */
export const onlyNumbers =
  'only the numbers of rows are compared: which rows are new or changed since is not known, and would be lost';

/** Rows of each table then and now. */
export function rowChanges(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): readonly TableChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names.map((table) => {
    const [backupRows, liveRows] = [before.get(table) ?? 0, after.get(table) ?? 0];
    return { table, backupRows, liveRows };
  });
}
