import type { RestorePlan } from '../../protocol/domain/restore.ts';
import { formatCount } from '../texts/count.ts';
import { tourTexts } from '../texts/english/tour-texts.ts';

/** What a plan says is missing or changed in the live data: tables with fewer rows, files changed or gone. */
export interface Damage {
  readonly tables: readonly {
    readonly table: string;
    readonly backupRows: number;
    readonly liveRows: number;
  }[];
  readonly files: number;
}

/** The living clinic adds rows and files, which is no damage. */
export function damageIn(plan: RestorePlan): Damage {
  const tables = plan.changes.flatMap((change) => change.tables ?? []);
  const files = plan.changes.map(
    (change) => (change.files?.changed ?? 0) + (change.files?.deleted ?? 0),
  );
  return {
    tables: tables.filter((one) => one.liveRows < one.backupRows),
    files: files.reduce((sum, count) => sum + count, 0),
  };
}

export function damageWords(damage: Damage): string {
  const tables = damage.tables.map((one) =>
    tourTexts.table(one.table, formatCount(one.liveRows), formatCount(one.backupRows)),
  );
  const files = damage.files === 0 ? [] : [`${formatCount(damage.files)} files changed or deleted`];
  return [...tables, ...files].join('; ');
}

/** What came in since the backup, one line for each table and source that differs. */
export function planWords(plan: RestorePlan): readonly string[] {
  return plan.changes.flatMap((change) => {
    const tables = (change.tables ?? []).filter((one) => one.liveRows !== one.backupRows);
    const lines = tables.map((one) =>
      tourTexts.table(one.table, formatCount(one.liveRows), formatCount(one.backupRows)),
    );
    const { files } = change;
    if (files === undefined) return lines;
    const { changed, newer, deleted } = files;
    const counts = [formatCount(changed), formatCount(newer), formatCount(deleted)] as const;
    return [...lines, tourTexts.files(...counts)];
  });
}
