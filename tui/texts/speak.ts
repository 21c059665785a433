import { english } from './english/english.ts';
import { englishFormats } from './english/english-formats.ts';
import { setFormats } from './formats.ts';
import { setHelpBodies } from './help-bodies.ts';
import type { Language, LanguageId } from './language.ts';
import { setTranslations } from './spoken.ts';
import { setWords } from './texts.ts';
import { setFailureWords } from './word-failure.ts';
import { setScheduleWords } from './word-schedule.ts';

let current: LanguageId = 'en';
let wanted: LanguageId = current;

/** Changes the language of all that is shown from now on. Languages are loaded when they are spoken first. */
export async function speak(id: LanguageId): Promise<void> {
  wanted = id;
  if (id === current) return;
  const language = await loadLanguage(id);
  // Another one was wanted while this one was loaded.
  if (wanted !== id) return;
  setWords(language?.words ?? english);
  setFormats(language?.formats ?? englishFormats);
  setFailureWords(language?.failures ?? {});
  setHelpBodies(language?.helpBodies ?? {});
  setTranslations(language);
  setScheduleWords(language?.scheduleWords);
  current = id;
}

/** Undefined: English, which is there from the start. */
export async function loadLanguage(id: LanguageId): Promise<Language | undefined> {
  switch (id) {
    case 'en':
      return undefined;
    case 'de':
      return (await import('./german/german.ts')).german;
    case 'fa':
      return (await import('./persian/persian.ts')).persian;
    default:
      return id satisfies never;
  }
}
