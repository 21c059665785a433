import { type LanguageId, languageIds } from './language.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The language to speak: the option, then KEDGE_LANGUAGE, then the setting, then what the system speaks. What Kedge
 * does not speak is English.
 */
export function chooseLanguage(
  wanted: string | undefined,
  environment: Environment,
  chosen: LanguageId | 'auto' = 'auto',
): LanguageId {
  return (
    languageOf(wanted) ??
    languageOf(environment['KEDGE_LANGUAGE']) ??
    languageOf(chosen) ??
    languageOf(ofSystem(environment)) ??
    'en'
  );
}

/** Of "de", "de_AT.UTF-8" or "de-AT"; undefined: it is none of ours. */
export function languageOf(name: string | undefined): LanguageId | undefined {
  const code = (name ?? '').toLowerCase().split(/[_.@-]/)[0];
  return languageIds.find((id) => id === code);
}

/** The first that is set counts, as for all programs. */
function ofSystem(environment: Environment): string | undefined {
  return environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'];
}
