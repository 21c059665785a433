import { type ColourDepth, colourCode } from './colour.ts';
import { colourless, type Palette, paintOf, palettes } from './palettes.ts';
import { asciiGlyphs, type Theme, type Tone, tones, unicodeGlyphs } from './theme.ts';
import type { ThemeName } from './theme-names.ts';

/** What a terminal can show. */
export interface Capabilities {
  readonly depth: ColourDepth;
  readonly unicode: boolean;
}

/** What was chosen; `auto`: ASCII where the terminal shows nothing else. */
export interface ThemeChoice {
  readonly theme: ThemeName;
  readonly ascii: 'auto' | 'on' | 'off';
}

/** The looks that were chosen, as far as the terminal can show them. */
export function createTheme(
  { theme, ascii }: ThemeChoice,
  { depth, unicode }: Capabilities,
): Theme {
  const plainSigns = ascii === 'on' || (ascii === 'auto' && !unicode);
  return { styles: stylesOf(theme, depth), glyphs: plainSigns ? asciiGlyphs : unicodeGlyphs };
}

/** The theme for a choice that may change; made anew only when it does. */
export function followTheme(choice: () => ThemeChoice, capabilities: Capabilities): () => Theme {
  let made: { readonly choice: ThemeChoice; readonly theme: Theme } | undefined;
  return () => {
    const now = choice();
    if (made?.choice.theme !== now.theme || made.choice.ascii !== now.ascii) {
      made = { choice: now, theme: createTheme(now, capabilities) };
    }
    return made.theme;
  };
}

function stylesOf(name: ThemeName, depth: ColourDepth): Theme['styles'] {
  const palette = depth === 'none' ? colourless : palettes[name];
  const styles = tones.map((tone) => [tone, styleIn(palette, tone, depth)] as const);
  return Object.fromEntries(styles) as Record<Tone, string>;
}

function styleIn(palette: Palette, tone: Tone, depth: ColourDepth): string {
  const { attributes = '', text, ground } = paintOf(palette, tone);
  return [
    attributes,
    text === undefined ? '' : colourCode(text, depth, 'text'),
    ground === undefined ? '' : colourCode(ground, depth, 'ground'),
  ]
    .filter((code) => code !== '')
    .join(';');
}
