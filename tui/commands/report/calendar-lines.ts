import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import { wordClock } from '../../texts/moment.ts';
import { calendarTexts } from '../../texts/texts.ts';
import { table } from '../table.ts';

const words = calendarTexts;
/** Kedge answers with 5,000 at most, shared among the schedules. */
const manyEntries = 2_000;

/** A month by its days; what happened more than once in a day in the same way is one line with its number. */
export function calendarLines(entries: readonly CalendarEntry[], title: string): readonly string[] {
  if (entries.length === 0) return [words.nothing(title)];
  const days = Map.groupBy(entries, ({ atMs }) => new Date(atMs).getDate());
  const rows = [...days.values()].flatMap(rowsOfDay);
  const { columns } = words;
  return [
    title,
    '',
    ...table(
      [
        { title: columns.day },
        { title: columns.time },
        { title: columns.what },
        { title: columns.schedule },
        { title: columns.outcome },
      ],
      rows,
    ),
    ...(entries.length >= manyEntries ? ['', words.tooMany] : []),
  ];
}

function rowsOfDay(entries: readonly CalendarEntry[]): readonly (readonly string[])[] {
  const alike = Map.groupBy(entries, (entry) =>
    JSON.stringify([entry.what, entry.kind, entry.schedule, entry.outcome, entry.note]),
  );
  return [...alike.values()].map((same, index) => rowOf(same, index === 0));
}

function rowOf(same: readonly CalendarEntry[], isFirst: boolean): readonly string[] {
  const [first, last] = [same[0], same.at(-1)];
  if (first === undefined || last === undefined) return [];
  const at = new Date(first.atMs);
  const day = `${words.weekdays[at.getDay()]} ${String(at.getDate()).padStart(2)}`;
  const time = wordClock(first.atMs);
  const note = first.note === undefined ? '' : ` (${first.note})`;
  return [
    isFirst ? day : '',
    same.length === 1 ? time : `${time} ${words.to} ${wordClock(last.atMs)}`,
    same.length === 1 ? whatOf(first) : `${same.length} x ${whatOf(first)}`,
    first.schedule ?? '-',
    `${first.outcome}${note}`,
  ];
}

/** "full", "differential by hand", "drill". */
function whatOf({ what, kind }: CalendarEntry): string {
  if (what === 'run') return kind ?? words.what.run;
  return kind === undefined ? words.what[what] : `${kind}, ${words.what[what]}`;
}
