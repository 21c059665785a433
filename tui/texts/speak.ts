import { commandTexts } from './english/command-texts.ts';
import { english } from './english/english.ts';
import { englishFormats } from './english/english-formats.ts';
import { setFormats } from './formats.ts';
import type { Language, LanguageId } from './language.ts';
import { setTranslations } from './spoken.ts';
import { setWords } from './texts.ts';
import { setFailureWords } from './word-failure.ts';

let current: LanguageId = 'en';

export function spokenLanguage(): LanguageId {
  return current;
}

/** Changes the language of all that is shown from now on. Languages are loaded when they are spoken first. */
export async function speak(id: LanguageId): Promise<void> {
  if (id === current) return;
  const language = await load(id);
  setWords(language.words);
  setFormats(language.formats);
  setFailureWords(language.failures);
  setTranslations({ commands: commandTexts, words: english }, language);
  current = id;
}

async function load(id: LanguageId): Promise<Language> {
  switch (id) {
    case 'en':
      return { words: english, commands: commandTexts, failures: {}, formats: englishFormats };
    default:
      return id satisfies never;
  }
}
