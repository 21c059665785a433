import { Blackout, weekdays } from '../../../protocol/domain/schedule.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { latinDigits } from '../../texts/typed-date.ts';

type Weekday = (typeof weekdays)[number];

/** "22:00-06:00, 08:00-18:00 mon-fri", as typed; nothing typed: none. */
export function blackoutFrom(text: string): readonly Blackout[] {
  return latinDigits(text)
    .split(/[,،]/)
    .map((piece) => piece.trim().toLowerCase())
    .filter((piece) => piece !== '')
    .map(spanFrom);
}

/** The same words back. */
export function blackoutWords(spans: readonly Blackout[]): string {
  return spans
    .map(({ from, to, on }) =>
      [`${from}-${to}`, ...(on === undefined ? [] : [daysWords(on)])].join(' '),
    )
    .join(', ');
}

function spanFrom(piece: string): Blackout {
  const [, from, to, days] = /^(\d{1,2}:\d{2}) *- *(\d{1,2}:\d{2})(?: +(.+))?$/.exec(piece) ?? [];
  if (from === undefined || to === undefined) return wrong(`"${piece}" is no span of time`);
  const on = days === undefined ? {} : { on: days.split(/ +/).flatMap(daysFrom) };
  const span = Blackout.safeParse({ from: from.padStart(5, '0'), to: to.padStart(5, '0'), ...on });
  return span.success ? span.data : wrong(`"${piece}" is no span of time`);
}

/** "mon", or "fri-mon". */
function daysFrom(text: string): readonly Weekday[] {
  const [first = text, last = first, ...more] = text.split('-');
  if (more.length > 0) return wrong(`"${text}" is no span of days`);
  const start = weekdays.indexOf(dayFrom(first));
  const count = (weekdays.indexOf(dayFrom(last)) - start + 7) % 7;
  return [...weekdays, ...weekdays].slice(start, start + count + 1);
}

function dayFrom(text: string): Weekday {
  const day = weekdays.find((one) => text.length >= 3 && one.startsWith(text));
  return day ?? wrong(`"${text}" is no day of the week`);
}

/** A row of days that follow each other is written as a span. */
function daysWords(on: readonly Weekday[]): string {
  const first = on.at(0);
  const last = on.at(-1);
  const short = (day: Weekday): string => day.slice(0, 3);
  if (first === undefined || last === undefined) return '';
  const span = `${short(first)}-${short(last)}`;
  if (on.length > 2 && daysFrom(span).join() === on.join()) return span;
  return on.map(short).join(' ');
}

function wrong(problem: string): never {
  throw new KedgeError('bad-argument', {
    what: 'not-between',
    problem: `${problem}. Example: "22:00-06:00, 08:00-18:00 mon-fri"`,
  });
}
