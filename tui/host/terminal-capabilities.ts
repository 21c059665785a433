import { asciiGlyphs, type Theme, unicodeGlyphs } from '../theme/theme.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The looks that a terminal can show: colours unless NO_COLOR, line drawing only in UTF-8. */
export function detectTheme(environment: Environment, ascii: boolean): Theme {
  const noColour = environment['NO_COLOR'];
  return {
    colours: (noColour === undefined || noColour === '') && environment['TERM'] !== 'dumb',
    glyphs: ascii || !speaksUtf8(environment) ? asciiGlyphs : unicodeGlyphs,
  };
}

/** The Linux console has UTF-8 but no font for most of it. */
function speaksUtf8(environment: Environment): boolean {
  if (environment['TERM'] === 'linux') return false;
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return /utf-?8/i.test(locale);
}

/** Why a full-screen interface can't be shown here; undefined: it can. */
export function refusesScreen(environment: Environment, isTTY: boolean): string | undefined {
  if (!isTTY) return 'this is not a terminal';
  if (environment['TERM'] === 'dumb') return 'TERM=dumb: this terminal cannot move its cursor';
  return undefined;
}

/** Whether a screen reader is on; by the variable that programs made with Ink know. */
export function readsAloud(environment: Environment): boolean {
  return environment['INK_SCREEN_READER'] === 'true';
}
