import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import type { Language } from './language.ts';

let own: Language['scheduleWords'];

/** What a schedule does, in one sentence: Kedge's English one, or that of the language that is spoken now. */
export function wordSchedule(settings: ScheduleSettings, english: string): string {
  return own?.(settings) ?? english;
}

/** Only for the one that changes the language. */
export function setScheduleWords(next: Language['scheduleWords']): void {
  own = next;
}
