import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import { formats } from '../../texts/formats.ts';
import { texts } from '../../texts/texts.ts';
import type { Glyphs, Tone } from '../../theme/theme.ts';
import { type Line, type Span, span } from '../../widgets/line.ts';

const words = texts.schedules.calendar;
type Outcome = CalendarEntry['outcome'];
export type Mark = keyof typeof words.marks;

const marksOf: Readonly<Record<Outcome, Mark>> = {
  complete: 'complete',
  'complete with named gaps': 'gaps',
  failed: 'failed',
  cancelled: 'failed',
  running: 'running',
  waiting: 'running',
  missed: 'missed',
  skipped: 'missed',
  'will be skipped': 'missed',
  'will run': 'coming',
};

const tones: Readonly<Record<Mark, Tone>> = {
  complete: 'ok',
  gaps: 'warning',
  failed: 'error',
  missed: 'warning',
  running: 'accent',
  coming: 'plain',
};

const order: readonly Mark[] = ['failed', 'gaps', 'missed', 'complete', 'running', 'coming'];

export function signOf(mark: Mark, glyphs: Glyphs): string {
  switch (mark) {
    case 'complete':
      return glyphs.check;
    case 'gaps':
      return '!';
    case 'failed':
      return glyphs.cross;
    case 'missed':
      return glyphs.dash;
    case 'running':
      return glyphs.arrow;
    case 'coming':
      return glyphs.coming;
    default:
      return mark satisfies never;
  }
}

export function toneOfOutcome(outcome: Outcome): Tone {
  return tones[marksOf[outcome]];
}

/** An outcome with its sign in front, in words. */
export function wordOutcome(outcome: Outcome, glyphs: Glyphs): Span {
  return span(
    `${signOf(marksOf[outcome], glyphs)} ${words.outcomes[outcome]}`,
    toneOfOutcome(outcome),
  );
}

/** What came of the runs of a day, what needs a look first; proofs that went well by a letter. */
export function marksOfDay(entries: readonly CalendarEntry[], glyphs: Glyphs): Line {
  const proofs = entries.filter(isProven);
  const counted = entries.filter((entry) => !proofs.includes(entry));
  const marks = order.flatMap((mark): Line => {
    const count = counted.filter(({ outcome }) => marksOf[outcome] === mark).length;
    const text = `${signOf(mark, glyphs)}${formats().number(count, 0)}`;
    return count === 0 ? [] : [span(text, tones[mark])];
  });
  return [
    ...marks,
    ...letter(words.letters.verify, proofs.filter(({ what }) => what === 'verify').length),
    ...letter(words.letters.drill, proofs.filter(({ what }) => what === 'drill').length),
  ];
}

/** The sign of a day on which much may have happened: that of what needs a look most; a blank for nothing. */
export function worstMark(
  entries: readonly CalendarEntry[],
  glyphs: Glyphs,
): { readonly sign: string; readonly tone: Tone } {
  const there = new Set(entries.map(({ outcome }) => marksOf[outcome]));
  const worst = order.find((mark) => there.has(mark));
  return worst === undefined
    ? { sign: ' ', tone: 'plain' }
    : { sign: signOf(worst, glyphs), tone: tones[worst] };
}

function isProven({ what, outcome }: CalendarEntry): boolean {
  const ofRota = what === 'verify' || what === 'drill';
  return ofRota && (outcome === 'complete' || outcome === 'will run');
}

function letter(sign: string, count: number): Line {
  return count === 0 ? [] : [span(`${sign}${formats().number(count, 0)}`, 'muted')];
}

/** What the signs mean, on one line. */
export function legend(glyphs: Glyphs): Line {
  const signs = order.flatMap(
    (mark): Line => [
      span(signOf(mark, glyphs), tones[mark]),
      span(` ${words.marks[mark]}  `, 'muted'),
    ],
  );
  const { letters, what } = words;
  const proofs = `${letters.verify} ${what.verify}  ${letters.drill} ${what.drill}`;
  return [span(' '), ...signs, span(proofs, 'muted')];
}
