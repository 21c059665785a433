import type { UiState } from '../../store/ui-state.ts';
import { formats } from '../../texts/formats.ts';
import { texts } from '../../texts/texts.ts';
import { isoDay, latinDigits, readDay } from '../../texts/typed-date.ts';
import type { Bench } from '../bench.ts';

/** Reads the backups that a list is filtered to: there are more than are at hand here. */
export function filterBackups(bench: Bench, list: string): void {
  const { state, ui } = bench.model();
  const { wanted, filter } = state.backups;
  const asked = backupFilter(ui.lists[list]?.filter?.text ?? '', bench.model().nowMs);
  if (wanted === 0 || asked === filter) return;
  void bench.session.loadBackups(firstRead, asked).catch(() => undefined);
}

/** As names and kinds of backups stand with Kedge: days by the Gregorian calendar, kinds in English. */
function backupFilter(typed: string, nowMs: number): string {
  const words = latinDigits(typed).split(/\s+/).filter(Boolean);
  const asKept = (word: string, at: number): string =>
    dayBefore(word, words[at + 1], nowMs) ?? keptWord(word);
  return words.map(asKept).join(' ');
}

function keptWord(typed: string): string {
  const day = readDay(typed);
  if (day !== undefined) return isoDay(day);
  const [kind = typed] =
    Object.entries(texts.backUp.kinds).find(([, word]) => word === typed) ?? [];
  return kind.startsWith(typed) ? typed : kind;
}

/** Of a time in the days before, shown as "Mon 05:16": which day that was. */
function dayBefore(word: string, time: string | undefined, nowMs: number): string | undefined {
  const weekday = formats().weekdays.findIndex((one) => one.toLowerCase() === word.toLowerCase());
  if (weekday === -1 || time?.includes(':') !== true) return undefined;
  const at = new Date(nowMs);
  at.setDate(at.getDate() - ((at.getDay() - weekday + 6) % 7) - 1);
  return isoDay({ year: at.getFullYear(), month: at.getMonth() + 1, day: at.getDate() });
}

/** Backups that are at hand until somebody goes further down; then so many more, well before they are needed. */
const firstRead = 1_000;
const readMore = 1_000;
const ahead = 100;

/** Changes when a list is moved so far down that more are needed. */
export function readingKey({ places }: UiState, list: string): string {
  return `${list} ${Math.floor(((places[list]?.selected ?? 0) + ahead) / readMore)}`;
}

/** Reads on where the selected row is near the last one at hand. */
export function readOn(bench: Bench, list: string): void {
  const { state, ui } = bench.model();
  const { items, total, wanted, filter } = state.backups;
  const isNear = (ui.places[list]?.selected ?? 0) + ahead >= items.length;
  if (!isNear || items.length >= total || items.length < wanted) return;
  void bench.session.loadBackups(wanted + readMore, filter).catch(() => undefined);
}
