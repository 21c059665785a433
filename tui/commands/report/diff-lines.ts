import { basename } from 'node:path';
import type {
  BackupDiff,
  DatabaseDiff,
  DiffEntry,
  DiffSide,
  SourceDiff,
  TableDiff,
} from '../../../protocol/domain/diff.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formatCount } from '../../texts/count.ts';
import { diffTexts as texts } from '../../texts/texts.ts';
import { formatMoment } from '../../texts/time.ts';
import { fields, table } from '../table.ts';

/** What changed between two backups, with some of the names of each source. */
export function diffLines(diff: BackupDiff): readonly string[] {
  if (diff.entries === 0) return [...headLines(diff), texts.same];
  const bySource = diff.sources.flatMap((source) => {
    const { databases, examples } = source;
    const more = entriesOf(source) - examples.length;
    const note = more > 0 ? [texts.more(formatCount(more))] : [];
    const lines = [...examples.map(entryLine), ...note, ...databases.flatMap(databaseLines)];
    return lines.length === 0 ? [] : ['', source.source, ...lines];
  });
  return [...headLines(diff), ...bySource, ...rowsHint(diff)];
}

/** The same for who has all the names already. */
export function diffSummaryLines(diff: BackupDiff): readonly string[] {
  if (diff.entries === 0) return [...headLines(diff), texts.same];
  const databases = diff.sources.flatMap((source) => source.databases.flatMap(databaseLines));
  return ['', ...headLines(diff), ...databases];
}

/** One name of the list: "  changed  uploads/a.pdf  1.2 MiB -> 1.3 MiB". */
export function entryLine({ change, name, before, after, what = [] }: DiffEntry): string {
  const sizes = [before, after].flatMap((version) =>
    version?.kind === 'file' ? [formatBytes(version.sizeBytes)] : (version?.kind ?? []),
  );
  const [first = '', second = first] = sizes;
  const size = first === second ? first : texts.sizes(first, second);
  const partly = change === 'changed' && !what.includes('content') && !what.includes('kind');
  const only = partly ? ` ${texts.only(what.map((each) => texts.what[each]).join(', '))}` : '';
  return `  ${texts.change[change].padEnd(8)} ${name}  ${size}${only}`;
}

function headLines(diff: BackupDiff): readonly string[] {
  const sideWords = ({ path, capturedAtMs }: DiffSide) =>
    `${basename(path)} (${formatMoment(capturedAtMs)})`;
  return [
    ...fields([
      [texts.from, sideWords(diff.before)],
      [texts.to, sideWords(diff.after)],
    ]),
    '',
    ...sourceTable(diff.sources),
  ];
}

function sourceTable(sources: readonly SourceDiff[]): readonly string[] {
  const { source, ...counted } = texts.columns;
  const columns = Object.values(counted).map((title) => ({ title, align: 'right' }) as const);
  const rows = sources.map((one) => [
    one.source,
    formatCount(one.removed.members),
    formatCount(one.changed.members),
    formatCount(one.added.members),
    formatBytes(one.before.bytes),
    formatBytes(one.after.bytes),
  ]);
  return table([{ title: source }, ...columns], rows);
}

function entriesOf({ removed, changed, added }: SourceDiff): number {
  return removed.members + changed.members + added.members;
}

function databaseLines({ name, schema, tables, problem }: DatabaseDiff): readonly string[] {
  const other = tables.filter((one) => isDifferent(one) || one.problem !== undefined);
  const same = tables.length - other.length;
  const rest = other.length === 0 ? texts.allTables : texts.otherTables;
  return [
    `  ${name}`,
    ...schema.map((one) => texts.schema(one.type, one.name, texts.change[one.change])),
    ...other.map(tableLine),
    ...(same === 0 ? [] : [texts.sameRows(rest(formatCount(same)))]),
    ...(problem === undefined ? [] : [texts.problem(problem)]),
  ];
}

function isDifferent({ inserted, changed, deleted }: TableDiff): boolean {
  return inserted + changed + deleted > 0;
}

function tableLine({ table: name, inserted, changed, deleted, problem }: TableDiff): string {
  if (problem !== undefined) return texts.problem(`${name}: ${problem}`);
  return texts.rows(name, formatCount(inserted), formatCount(changed), formatCount(deleted));
}

/** Whether rows of databases can be counted that were not. */
export function leavesRows({ rows, databases }: BackupDiff): boolean {
  return !rows && databases > 0;
}

export function rowsHint(diff: BackupDiff): readonly string[] {
  return leavesRows(diff) ? ['', texts.askRows] : [];
}
