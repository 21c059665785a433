import type {
  RestorePlan,
  SourceChange,
  TableChange,
} from '../../../../protocol/domain/restore.ts';
import type { SourceMerge, TableMerge } from '../../../../protocol/domain/restore-order.ts';
import { formatBytes } from '../../../texts/bytes.ts';
import { wordMoment } from '../../../texts/moment.ts';
import { planTexts as words } from '../../../texts/texts.ts';
import { type Fact, type FactGroup, fact } from './fact.ts';

/** By source: what is there now, and what becomes of it. */
export function changeGroups(plan: RestorePlan): readonly FactGroup[] {
  // Its steps say all.
  if (plan.mode?.kind === 'beside') return [];
  const merges = (plan.merges ?? []).filter(
    ({ tables }) => plan.mode?.kind === 'merge' || tables !== undefined,
  );
  const merged = new Set(merges.map(({ source }) => source));
  const replaced = plan.changes.filter(({ source }) => !merged.has(source));
  return [
    ...(plan.mode?.kind === 'elsewhere'
      ? group(words.unpacks, replaced.flatMap(unpackFacts))
      : group(words.changes, replaced.flatMap(changeFacts))),
    ...group(words.merges, merges.flatMap(mergeFacts)),
  ];
}

function group(title: string, facts: readonly Fact[]): readonly FactGroup[] {
  return facts.length === 0 ? [] : [{ title, facts }];
}

function unpackFacts(change: SourceChange): readonly Fact[] {
  return [headFact(change), fact(words.goesTo(change.live), 'plain', 1)];
}

function headFact({ source, engine, bytes }: SourceChange): Fact {
  return fact(`${source} ${words.source(engine, formatBytes(bytes))}`, 'strong');
}

function changeFacts(change: SourceChange): readonly Fact[] {
  const { live, problem } = change;
  return [
    headFact(change),
    fact(words.replaces(live), 'plain', 1),
    ...(problem === undefined ? [] : [fact(words.problem(problem), 'warning', 1)]),
    ...(change.tables ?? []).map(tableFact),
    ...fileFacts(change),
  ];
}

function tableFact({ table, liveRows, backupRows, problem, ...since }: TableChange): Fact {
  const { inserted, changed, deleted } = since;
  const both =
    liveRows === backupRows && inserted === undefined
      ? words.asMany(table, liveRows)
      : words.table(table, liveRows, backupRows);
  if (problem !== undefined) return fact(`${both}; ${words.problem(problem)}`, 'warning', 1);
  if (inserted === undefined || changed === undefined || deleted === undefined) {
    return fact(both, liveRows > backupRows ? 'warning' : 'plain', 1);
  }
  const text = words.rowsSince(inserted, changed, deleted);
  if (text === '') return fact(words.sameTable(table, liveRows), 'muted', 1);
  return fact(`${both}: ${text}`, inserted + changed > 0 ? 'warning' : 'plain', 1);
}

function fileFacts({ files }: SourceChange): readonly Fact[] {
  if (files === undefined) return [];
  const { newer, changed, deleted, bytesNewer, examples, samples } = files;
  if (newer + changed + deleted === 0) return [fact(words.sameFiles, 'muted', 1)];
  const text = words.files(newer, changed, deleted, formatBytes(bytesNewer));
  const shown =
    samples?.map(({ change, path, sizeBytes, modifiedMs }) =>
      words.sample(change, path, formatBytes(sizeBytes), wordMoment(modifiedMs)),
    ) ?? examples;
  return [
    fact(text, newer + changed > 0 ? 'warning' : 'plain', 1),
    ...shown.map((one) => fact(one, 'muted', 2)),
  ];
}

function mergeFacts({ source, tables, files }: SourceMerge): readonly Fact[] {
  const inFiles = files === undefined ? [] : [mergedFilesFact(files)];
  return [fact(source, 'strong'), ...(tables ?? []).flatMap(mergedTableFacts), ...inFiles];
}

function mergedFilesFact({
  inserted,
  overwritten,
  bytes,
}: NonNullable<SourceMerge['files']>): Fact {
  if (inserted + overwritten === 0) return fact(words.mergedNoFiles, 'muted', 1);
  return fact(words.mergedFiles(inserted, overwritten, formatBytes(bytes)), 'plain', 1);
}

function mergedTableFacts(merge: TableMerge): readonly Fact[] {
  const { table, inserted, overwritten, deleted = 0 } = merge;
  const { reusedKeys, orphans, examples, problem } = merge;
  if (problem !== undefined) return [fact(`${table}: ${problem}`, 'warning', 1)];
  if (inserted + overwritten + deleted + orphans === 0) {
    return [fact(words.mergedNothing(table), 'muted', 1)];
  }
  return [
    fact(
      words.mergedTable(table, inserted, overwritten, deleted),
      overwritten + deleted > 0 ? 'warning' : 'plain',
      1,
    ),
    ...(reusedKeys === 0 ? [] : [fact(words.reusedKeys(reusedKeys), 'warning', 2)]),
    ...(orphans === 0 ? [] : [fact(words.orphans(orphans), 'warning', 2)]),
    ...examples.map((one) => fact(one, 'muted', 2)),
  ];
}
