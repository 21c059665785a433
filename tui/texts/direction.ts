import { formats } from './formats.ts';

const fromTheRight: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur']);

/** Whether the language that is spoken now is read from right to left. */
export function isRightToLeft(): boolean {
  return fromTheRight.has(spokenLanguage());
}

/** Whether people may have a Persian keyboard on. */
export function isPersian(): boolean {
  return spokenLanguage() === 'fa';
}

function spokenLanguage(): string {
  return formats().locale.split('-')[0] ?? '';
}
