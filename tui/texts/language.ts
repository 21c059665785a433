import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import type { FailureCode } from '../../protocol/failures.ts';
import type { commandTexts } from './english/command-texts.ts';
import type { english } from './english/english.ts';
import type { Formats } from './formats.ts';
import type { HelpBodies } from './help-bodies.ts';

/** Those there are, by the codes that Linux names them with. */
export const languageIds = ['en', 'de', 'fa'] as const;
export type LanguageId = (typeof languageIds)[number];

/** What each calls itself, for those who can't read the one that is spoken. */
export const languageNames: Readonly<Record<LanguageId, string>> = {
  en: 'English',
  de: 'Deutsch',
  fa: 'فارسی',
};

/** The same keys and parameters, other words. */
export type Translated<T> = T extends string
  ? string
  : T extends (...params: infer Params) => infer Result
    ? (...params: Params) => Translated<Result>
    : T extends object
      ? { readonly [Key in keyof T]: Translated<T[Key]> }
      : T;

/** Words of a failure; `{name}` is filled from its parameters. */
export interface FailureText {
  readonly message: string;
  readonly hint?: string;
}

/** Of a command as palette and menus show it. `args`: what is asked for, where it is needed. */
export interface CommandWords {
  readonly title: string;
  readonly args?: Readonly<Record<string, string>>;
}

type Commands = typeof commandTexts;

/** All that a language is. A key of `words` that is missing does not compile. */
export interface Language {
  readonly words: Translated<typeof english>;
  /** Those that are missing are said in English, and a test fails. */
  readonly commands: { readonly [Id in keyof Commands]?: CommandWords };
  /** By their English names. */
  readonly categories: { readonly [Name in Commands[keyof Commands]['category']]?: string };
  /** Those that are missing are said in English. */
  readonly failures: Readonly<Partial<Record<FailureCode, FailureText>>>;
  /** Those that are missing are read in English. */
  readonly helpBodies: HelpBodies;
  readonly formats: Formats;
  /** Of the settings of a schedule; absent: Kedge's English sentence. */
  readonly scheduleWords?: (settings: ScheduleSettings) => string;
}

/** The words of the screens, as every language has them. */
export type Words = Language['words'];
