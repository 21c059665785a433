import { commandTexts } from './english/command-texts.ts';
import { english } from './english/english.ts';
import type { Language } from './language.ts';

let translations: ReadonlyMap<string, string> = new Map();

/**
 * A text of a record that was made once, such as the title of a command or the hint of a key, in the language that is
 * spoken now: records keep their English, and it is looked up where it is shown.
 */
export function spoken(text: string): string {
  return translations.get(text) ?? text;
}

/** Only for the one that changes the language. Undefined: English, which needs none. */
export function setTranslations(language: Language | undefined): void {
  translations = language === undefined ? new Map() : translationsOf(language);
}

/** The first that is found counts where one text stands in two places. */
function translationsOf({ commands, categories, words }: Language): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  gather(commandTexts, commands, pairs);
  for (const [name, own] of Object.entries(categories)) pairs.set(name, own);
  gatherHints(english, words, pairs);
  gather(english, words, pairs);
  return pairs;
}

function gather(from: unknown, to: unknown, pairs: Map<string, string>): void {
  if (typeof from === 'string' && typeof to === 'string') {
    if (from !== to && !pairs.has(from)) pairs.set(from, to);
    return;
  }
  if (typeof from !== 'object' || from === null || typeof to !== 'object' || to === null) return;
  for (const key of Object.keys(from)) gather(Reflect.get(from, key), Reflect.get(to, key), pairs);
}

/** Before all else: what stands beside a key may be another word than the same English one elsewhere. */
function gatherHints(from: unknown, to: unknown, pairs: Map<string, string>): void {
  if (typeof from !== 'object' || from === null || typeof to !== 'object' || to === null) return;
  for (const key of Object.keys(from)) {
    const gathers = /hints$/i.test(key) ? gather : gatherHints;
    gathers(Reflect.get(from, key), Reflect.get(to, key), pairs);
  }
}
