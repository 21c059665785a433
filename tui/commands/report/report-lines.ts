import { basename } from 'node:path';
import type { Report } from '../../../protocol/domain/report.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { wordAgo, wordMoment } from '../../texts/moment.ts';
import { texts, weekTexts as words } from '../../texts/texts.ts';
import { formatDuration } from '../../texts/time.ts';
import { table } from '../table.ts';
import { stateWord } from './alarm-lines.ts';
import { fullWords, placeName } from './space-words.ts';
import { labelledRows, usualColumns, wrapRows } from './wrap-rows.ts';

/** One row of text, or a label with its text, before it is fitted to a width. */
type Entry =
  | { readonly kind: 'text'; readonly text: string; readonly indent: string }
  | { readonly kind: 'labelled'; readonly label: string; readonly text: string };

/** Plain text of 80 columns, to be read or sent; in a window of its width. */
export function reportLines(report: Report, columns = usualColumns): readonly string[] {
  const { application, host, fromMs, untilMs, contact, space } = report;
  const { sections } = words;
  const section = (title: string, entries: readonly Entry[]): readonly string[] => [
    '',
    title,
    ...entries.flatMap((entry) => fitted(entry, columns)),
  ];
  const head = words.head(application, host, wordMoment(fromMs), wordMoment(untilMs));
  return [
    ...wrapRows(head, '', columns),
    '',
    sections.runs,
    ...runTable(report, columns),
    ...runNotes(report).flatMap((entry) => fitted(entry, columns)),
    ...section(sections.proofs, proofs(report)),
    ...section(sections.growth, growth(report)),
    ...(space.length === 0 ? [] : section(sections.space, space.map(placeEntry))),
    ...section(sections.problems, problems(report)),
    ...section(sections.alarms, alarms(report)),
    ...(contact === undefined ? [] : ['', ...labelledRows(words.contact, contact, columns)]),
  ];
}

function fitted(entry: Entry, columns: number): readonly string[] {
  return entry.kind === 'text'
    ? wrapRows(entry.text, entry.indent, columns)
    : labelledRows(entry.label, entry.text, columns);
}

function text(value: string, indent = '  '): Entry {
  return { kind: 'text', text: value, indent };
}

function labelled(label: string, value: string): Entry {
  return { kind: 'labelled', label, text: value };
}

/** What the table takes beside the names, which may have 40 characters; all of one stands in JSON. */
const countCells = 56;
const nameCells = 24;

function runTable({ schedules, byHand }: Report, columns: number): readonly string[] {
  const cells = Math.max(6, Math.min(nameCells, columns - countCells));
  const rows = schedules.map((schedule) => [
    schedule.id.length > cells ? `${schedule.id.slice(0, cells - 1)}~` : schedule.id,
    ...[schedule.complete, schedule.withGaps, schedule.failed, schedule.missed].map(String),
    schedule.nextMs === undefined ? words.paused : wordMoment(schedule.nextMs),
  ]);
  const hand = byHand ?? { complete: 0, withGaps: 0, failed: 0 };
  const counts = [hand.complete, hand.withGaps, hand.failed];
  const all = counts.some((count) => count > 0)
    ? [...rows, [words.byHand, ...counts.map(String)]]
    : rows;
  if (all.length === 0) return [];
  const { schedule, next, ...counted } = words.columns;
  return table(
    [
      { title: `  ${schedule}` },
      ...Object.values(counted).map((title) => ({ title, align: 'right' }) as const),
      { title: next },
    ],
    all.map(([name = '', ...rest]) => [`  ${name}`, ...rest]),
  );
}

function runNotes({ schedules }: Report): readonly Entry[] {
  if (schedules.length === 0) return [text(words.noSchedules)];
  return schedules.flatMap(({ id, cancelled = 0, skipped = 0 }) => {
    const counts = [
      ...(cancelled === 0 ? [] : [words.cancelled(cancelled)]),
      ...(skipped === 0 ? [] : [words.skipped(skipped)]),
    ];
    return counts.length === 0 ? [] : [text(words.also(counts.join(', '), id))];
  });
}

function proofs(report: Report): readonly Entry[] {
  const { verified, damaged, unverified, drills = { passed: 0, failed: 0 } } = report;
  return [
    labelled(words.newestGood, newestGoodWords(report)),
    labelled(words.verified, words.verifiedWords(verified, damaged, unverified)),
    labelled(words.lastDrill, lastDrillWords(report)),
    labelled(words.drills, words.drillsWords(drills.passed, drills.failed)),
  ];
}

function newestGoodWords({ newestGood, untilMs }: Report): string {
  if (newestGood === undefined) return words.noGood;
  const { kind, capturedAtMs: atMs, path } = newestGood;
  return words.backup(
    texts.schedules.kindsLong[kind],
    wordMoment(atMs),
    wordAgo(atMs, untilMs),
    basename(path),
  );
}

function lastDrillWords({ lastProven, untilMs }: Report): string {
  if (lastProven?.proven === undefined) return words.noDrill;
  const { proven, path } = lastProven;
  const ago = wordAgo(proven.atMs, untilMs);
  return words.proven(ago, formatDuration(proven.seconds), basename(path));
}

function growth(report: Report): readonly Entry[] {
  const { bytesNow, bytesBefore, beforeMs, made = { backups: 0, bytes: 0 } } = report;
  const now = formatBytes(bytesNow);
  const all =
    beforeMs === undefined
      ? words.allUnknown(now)
      : words.allWords(now, formatBytes(bytesBefore), wordMoment(beforeMs));
  return [
    labelled(words.made, words.madeWords(made.backups, formatBytes(made.bytes))),
    labelled(words.all, all),
  ];
}

function placeEntry(place: Report['space'][number]): Entry {
  const { freeBytes, totalBytes, state, path } = place;
  const how =
    freeBytes === undefined || totalBytes === undefined
      ? state
      : words.spaceWords(formatBytes(freeBytes), formatBytes(totalBytes), fullWords(place));
  return labelled(placeName(place), `${how}, ${path}`);
}

function problems({ problems: found = [] }: Report): readonly Entry[] {
  if (found.length === 0) return [text(words.noProblems)];
  return found.flatMap((problem) => [
    text(`! ${problem.text}`),
    ...(problem.hint === undefined ? [] : [text(problem.hint, '    ')]),
  ]);
}

function alarms(report: Report): readonly Entry[] {
  if (report.alarms.length === 0) return [text(words.noAlarms)];
  return report.alarms.map((alarm) => {
    const since = wordMoment(alarm.sinceMs);
    return alarm.state === 'cured' && alarm.curedMs !== undefined
      ? text(words.cured(alarm.text, since, wordMoment(alarm.curedMs)))
      : text(words.alarm(stateWord(alarm), alarm.text, since));
  });
}
