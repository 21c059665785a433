import type { UiCommand } from '../../screens/bench.ts';
import { languageIds, languageNames } from '../../texts/language.ts';
import { texts } from '../../texts/texts.ts';

/** One for each language, called by its own name: who can't read the one that is spoken finds it all the same. */
export function languageCommands(): readonly UiCommand[] {
  return languageIds.map((language) => ({
    id: `language.${language}`,
    get title() {
      return texts.workbench.commands.language(languageNames[language]);
    },
    category: texts.workbench.groups.window,
    run: (bench) => bench.settings.set('language', language),
  }));
}
