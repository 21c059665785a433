import type { RestorePlan } from '../../protocol/domain/restore.ts';
import { formatCount } from '../texts/count.ts';
import { tourTexts } from '../texts/english/tour-texts.ts';

type Table = NonNullable<RestorePlan['changes'][number]['tables']>[number];

/** What a plan says is missing in the live data: tables with fewer rows, files overwritten or gone. */
export interface Damage {
  readonly tables: readonly Table[];
  readonly files: readonly string[];
}

/**
 * The living clinic adds rows and files and writes its newest scan again, which is no damage:
 * of changed files only the one that the accident overwrote counts.
 */
export function damageIn(plan: RestorePlan, overwritten: string): Damage {
  const tables = plan.changes.flatMap((change) => change.tables ?? []);
  const files = plan.changes.flatMap((change) => change.files ?? []);
  const deleted = files.reduce((sum, one) => sum + one.deleted, 0);
  return {
    tables: tables.filter((one) => one.liveRows < one.backupRows),
    files: [
      ...files.flatMap((one) => one.examples).filter((example) => example === overwritten),
      ...(deleted === 0 ? [] : [tourTexts.filesDeleted(formatCount(deleted))]),
    ],
  };
}

export function damageWords(damage: Damage): string {
  const tables = damage.tables.map((one) =>
    tourTexts.table(one.table, formatCount(one.liveRows), formatCount(one.backupRows)),
  );
  return [...tables, ...damage.files.map(tourTexts.file)].join('; ');
}

/** What came in since the backup, one line for each table and source that differs. */
export function planWords(plan: RestorePlan): readonly string[] {
  return plan.changes.flatMap((change) => {
    const tables = (change.tables ?? []).filter((one) => one.liveRows !== one.backupRows);
    const lines = tables.map((one) =>
      tourTexts.table(one.table, formatCount(one.liveRows), formatCount(one.backupRows)),
    );
    const { files } = change;
    if (files === undefined || files.changed + files.newer + files.deleted === 0) return lines;
    const { changed, newer, deleted } = files;
    const counts = [formatCount(changed), formatCount(newer), formatCount(deleted)] as const;
    return [...lines, tourTexts.files(change.source, ...counts)];
  });
}
