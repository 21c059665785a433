import { latinDigits } from './typed-date.ts';

const varied = /[\u0600-\u06FF\u200C]/;

/**
 * A text as it is looked for: digits of every keyboard alike, Arabic letters as the Persian ones that stand at their
 * places, and without joiners, which are typed or not.
 */
export function searchedText(text: string): string {
  if (!varied.test(text)) return text;
  return latinDigits(text).replaceAll('ي', 'ی').replaceAll('ك', 'ک').replaceAll('\u200C', '');
}
