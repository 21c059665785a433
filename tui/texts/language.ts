import type { FailureCode } from '../../protocol/failures.ts';
import type { commandTexts } from './english/command-texts.ts';
import type { english } from './english/english.ts';
import type { Formats } from './formats.ts';

/** Those there are, by the codes that Linux names them with. */
export const languageIds = ['en'] as const;
export type LanguageId = (typeof languageIds)[number];

/** What each calls itself, for those who can't read the one that is spoken. */
export const languageNames: Readonly<Record<LanguageId, string>> = {
  en: 'English',
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

/** All that a language is. A key that is missing does not compile. */
export interface Language {
  readonly words: Translated<typeof english>;
  readonly commands: Translated<typeof commandTexts>;
  /** Those that are missing are said in English. */
  readonly failures: Readonly<Partial<Record<FailureCode, FailureText>>>;
  readonly formats: Formats;
}

/** The words of the screens, as every language has them. */
export type Words = Language['words'];
