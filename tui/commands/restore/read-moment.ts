import { KedgeError } from '../../../protocol/failures.ts';
import { momentTexts } from '../../texts/texts.ts';

const clock = '(\\d{1,2}):(\\d{2})(?::(\\d{2}))?';
const whole = new RegExp(
  `^(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:T|\\s+)${clock}(?:[.,]\\d+)?\\s*(Z|[+-]\\d{2}:?\\d{2})?$`,
  'i',
);
const near = new RegExp(`^(?:(today|yesterday)\\s+)?${clock}$`, 'i');

/**
 * A moment as a person names it, in ms since the epoch: "2026-11-20 14:00" (of the zone of this machine, or with an
 * offset), "yesterday 14:00", or "14:00", the last one that has been. Fails with bad-argument and examples.
 */
export function readMoment(text: string, nowMs: number): number {
  const atMs = momentIn(text, nowMs);
  if (atMs === undefined) throw wrong(text, momentTexts.notUnderstood);
  if (atMs > nowMs) throw wrong(text, momentTexts.ahead);
  return atMs;
}

/** The moment that a text names, also one ahead; undefined: it names none. */
export function momentIn(text: string, nowMs: number): number | undefined {
  const trimmed = text.trim();
  return readWhole(trimmed) ?? readNear(trimmed, nowMs);
}

function wrong(text: string, why: string): KedgeError {
  const problem = `"${text}" ${why}; ${momentTexts.examples}`;
  return new KedgeError('bad-argument', { what: momentTexts.what, problem });
}

function readWhole(text: string): number | undefined {
  const found = whole.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (!isClock(hour, minute, second) || !isDay(year, month, day)) return undefined;
  const offset = found[7];
  if (offset === undefined) return new Date(year, month - 1, day, hour, minute, second).getTime();
  return Date.UTC(year, month - 1, day, hour, minute, second) - offsetMs(offset);
}

function offsetMs(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}

function readNear(text: string, nowMs: number): number | undefined {
  const found = near.exec(text);
  if (found === null) return undefined;
  const [, word, ...parts] = found;
  const [hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  if (!isClock(hour, minute, second)) return undefined;
  const on = (day: Date): number =>
    new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour, minute, second).getTime();
  const yesterday = new Date(nowMs);
  yesterday.setDate(yesterday.getDate() - 1);
  if (word?.toLowerCase() === 'yesterday') return on(yesterday);
  const today = on(new Date(nowMs));
  return word === undefined && today > nowMs ? on(yesterday) : today;
}

function isClock(hour: number, minute: number, second: number): boolean {
  return hour < 24 && minute < 60 && second < 60;
}

/** A day that there is: no 30 February. */
function isDay(year: number, month: number, day: number): boolean {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
}
