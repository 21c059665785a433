import { describe, expect, test } from 'vitest';
import { failureTable } from '../../protocol/failure-table.ts';
import { productCommands } from '../../tui/commands/registry.ts';
import { defaultKeybindings } from '../../tui/keys/default-keybindings.ts';
import { screens } from '../../tui/screens/screens.ts';
import { english } from '../../tui/texts/english/english.ts';
import {
  type Language,
  type LanguageId,
  languageIds,
  type Words,
} from '../../tui/texts/language.ts';
import { loadLanguage } from '../../tui/texts/speak.ts';
import { setTranslations, spoken } from '../../tui/texts/spoken.ts';
import { sameWords } from './same-words.ts';
import { type WordPair, wordPairs } from './word-pairs.ts';

const others = languageIds.filter((id) => id !== 'en');

describe.each(others)('the language %s', async (id) => {
  const language = await loaded(id);
  const pairs = wordPairs(english, language.words);

  test('has no text that was left in English', () => {
    expect(leftInEnglish(pairs, sameWords[id])).toEqual([]);
  });

  test('says all that English says: each parameter stands in both', () => {
    expect(pairs.filter(losesParameter).map(({ key, other }) => `${key}: ${other}`)).toEqual([]);
  });

  test('has a title, a category and the questions of every command', () => {
    const { commands, categories } = language;
    const missing = productCommands.flatMap(({ id: command, category, args }) => {
      const words = Object.entries(commands).find(([name]) => name === command)?.[1];
      const asked = args.filter(
        ({ required, unless }) => required === true || unless !== undefined,
      );
      return [
        ...(words === undefined ? [command] : []),
        ...(Object.keys(categories).includes(category) ? [] : [`category ${category}`]),
        ...asked
          .filter(({ name }) => words?.args?.[name] === undefined)
          .map(({ name }) => `${command} ${name}`),
      ];
    });
    expect(missing).toEqual([]);
  });

  test('finds the title of every command by its English one', () => {
    setTranslations(language);
    const other = productCommands.filter(({ id: command, title }) => {
      const words = Object.entries(language.commands).find(([name]) => name === command)?.[1];
      return words !== undefined && spoken(title) !== words.title;
    });
    setTranslations(undefined);
    expect(other.map(({ id: command }) => command)).toEqual([]);
  });

  test('has words for the titles and hints of the window', () => {
    setTranslations(language);
    const records = [
      ...screens.flatMap(({ commands }) =>
        commands.flatMap(({ title, category }) => [title, category]),
      ),
      ...[...defaultKeybindings, ...screens.flatMap(({ bindings }) => bindings)].map(
        ({ hint }) => hint ?? '',
      ),
    ];
    const same = new Set(sameWords[id]);
    const silent = records.filter(
      (text) => /[a-z]{3}/.test(text) && !same.has(text) && spoken(text) === text,
    );
    setTranslations(undefined);
    expect([...new Set(silent)]).toEqual([]);
  });

  test('has labels that fit in front of what they label, and all screens in one line of 80', () => {
    expect(labelsOf(language.words).filter((label) => label.length > 14)).toEqual([]);
    const names = Object.values(language.words.workbench.shortViews);
    expect(names.map((name) => ` 1 ${name} `).join('').length).toBeLessThanOrEqual(80);
  });

  test('words failures with the parameters that they have in English', () => {
    const wrong = Object.entries(language.failures).filter(([code, { message, hint = '' }]) => {
      const own = Object.entries(failureTable).find(([name]) => name === code)?.[1];
      const hintOfEnglish = own !== undefined && 'hint' in own ? own.hint : '';
      return (
        own === undefined ||
        placeholders(own.message) !== placeholders(message) ||
        placeholders(hintOfEnglish) !== placeholders(hint)
      );
    });
    expect(wrong.map(([code]) => code)).toEqual([]);
  });
});

/** Those of fields, whose column is 14 cells wide. */
function labelsOf({
  backUp,
  restore,
  schedules,
  momentPage,
  rows,
  undo,
}: Words): readonly string[] {
  return [
    ...Object.values(schedules.fields),
    ...[backUp.name, backUp.to, backUp.folder, restore.path, restore.folder, undo.room.folder],
    ...[momentPage.moment, rows.screen.search],
  ];
}

async function loaded(id: LanguageId): Promise<Language> {
  const language = await loadLanguage(id);
  if (language === undefined) throw new Error(`${id} is English`);
  return language;
}

/** Words of letters that are the same in both, beside those that are the same word in both languages. */
function leftInEnglish(pairs: readonly WordPair[], same: readonly string[]): readonly string[] {
  const allowed = new Set(same);
  return pairs
    .filter(({ english: said, other }) => said === other)
    .filter(({ english: said, samples }) => /[A-Za-z]{3}/.test(withoutSamples(said, samples)))
    .filter(
      ({ key, english: said }) => !allowed.has(said) && !allowed.has(key) && !forPrograms.test(key),
    )
    .map(({ key, english: said }) => `${key}: ${said}`);
}

/** What no person reads: names of choices, command lines. */
const forPrograms = /\.(value|[a-z]*command)$/i;

function withoutSamples(said: string, samples: readonly unknown[]): string {
  return samples
    .flat()
    .map((sample) => (typeof sample === 'object' ? JSON.stringify(sample) : String(sample)))
    .reduce((text, sample) => text.replaceAll(sample, ''), said);
}

function losesParameter({ english: said, other, samples }: WordPair): boolean {
  return samples
    .flat()
    .filter((sample) => typeof sample === 'number' || typeof sample === 'string')
    .map(String)
    .some((sample) => telling.test(sample) && said.includes(sample) && !other.includes(sample));
}

/** Not those that are found by chance, or that are words for a case. */
const telling = /^(<\d+>|\d\d)$/;

function placeholders(text: string): string {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join();
}
