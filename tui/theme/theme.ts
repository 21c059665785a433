export const tones = [
  'plain',
  'muted',
  'strong',
  'heading',
  'accent',
  'ok',
  'warning',
  'error',
  'key',
  'selected',
  'selected-elsewhere',
  'bar',
  'bar-strong',
  'bar-alert',
  'tab',
  'tab-active',
  'input',
  'caret',
  'border',
  'stale',
] as const;
/** What a piece of text means. Colours are chosen by it in palettes.ts and nowhere else. */
export type Tone = (typeof tones)[number];

export interface Theme {
  /** The SGR parameters of each tone; '' for what the terminal does by itself. */
  readonly styles: Readonly<Record<Tone, string>>;
  readonly glyphs: Glyphs;
}

export function styleOf(theme: Theme, tone: Tone): string {
  return theme.styles[tone];
}

/** Text in a tone, as the terminal takes it. Each piece closes what it opens. */
export function paint(theme: Theme, tone: Tone, text: string): string {
  const codes = styleOf(theme, tone);
  return codes === '' || text === '' ? text : `\u001B[${codes}m${text}\u001B[0m`;
}

/** Signs that differ between UTF-8 terminals and all others. Each is one cell. */
export interface Glyphs {
  readonly horizontal: string;
  readonly vertical: string;
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  readonly full: string;
  readonly empty: string;
  readonly ellipsis: string;
  readonly dot: string;
  readonly arrow: string;
  readonly up: string;
  readonly down: string;
  /** What came of a run: done, failed, left out, still to come. */
  readonly check: string;
  readonly cross: string;
  readonly dash: string;
  readonly coming: string;
  /** From well to worst. */
  readonly levels: readonly [string, string, string, string, string];
  /** A full cell of a plot; where it is Braille's, a cell shows two columns of four dots. */
  readonly plot: string;
}

export const unicodeGlyphs: Glyphs = {
  horizontal: '─',
  vertical: '│',
  topLeft: '┌',
  topRight: '┐',
  bottomLeft: '└',
  bottomRight: '┘',
  full: '█',
  empty: '░',
  ellipsis: '…',
  dot: '·',
  arrow: '→',
  up: '↑',
  down: '↓',
  check: '✓',
  cross: '✗',
  dash: '–',
  coming: '·',
  levels: ['▁', '▃', '▅', '▆', '█'],
  plot: '⣿',
};

export const asciiGlyphs: Glyphs = {
  horizontal: '-',
  vertical: '|',
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  full: '#',
  empty: '-',
  ellipsis: '~',
  dot: '-',
  arrow: '>',
  up: '^',
  down: 'v',
  check: '+',
  cross: 'x',
  dash: '-',
  coming: '.',
  levels: ['_', '-', '=', '!', '#'],
  plot: '#',
};
