/** What a piece of text means. Colours are chosen here and nowhere else. */
export type Tone =
  | 'plain'
  | 'muted'
  | 'strong'
  | 'heading'
  | 'accent'
  | 'ok'
  | 'warning'
  | 'error'
  | 'key'
  | 'selected'
  | 'selected-elsewhere'
  | 'bar'
  | 'bar-strong'
  | 'bar-alert'
  | 'tab'
  | 'tab-active'
  | 'input'
  | 'caret'
  | 'border'
  | 'stale';

/** SGR parameters, and the ones where colours are not wanted: attributes stay, nothing hangs on colour alone. */
interface Paint {
  readonly colour: string;
  readonly plain: string;
}

// The 16 colours of the terminal's own palette: they follow its light or dark theme.
const paints: Readonly<Record<Tone, Paint>> = {
  plain: { colour: '', plain: '' },
  muted: { colour: '90', plain: '' },
  strong: { colour: '1', plain: '1' },
  heading: { colour: '1;36', plain: '1' },
  accent: { colour: '36', plain: '' },
  ok: { colour: '32', plain: '' },
  warning: { colour: '33', plain: '' },
  error: { colour: '1;31', plain: '1' },
  key: { colour: '1', plain: '1' },
  selected: { colour: '7', plain: '7' },
  'selected-elsewhere': { colour: '1', plain: '1' },
  bar: { colour: '97;44', plain: '7' },
  'bar-strong': { colour: '1;97;44', plain: '1;7' },
  'bar-alert': { colour: '1;97;41', plain: '1;7' },
  tab: { colour: '90', plain: '' },
  'tab-active': { colour: '1;4', plain: '1;4' },
  input: { colour: '4', plain: '4' },
  caret: { colour: '7', plain: '7' },
  border: { colour: '90', plain: '' },
  stale: { colour: '2', plain: '2' },
};

export interface Theme {
  readonly colours: boolean;
  readonly glyphs: Glyphs;
}

/** The SGR parameters of a tone; '' for what the terminal does by itself. */
export function styleOf(theme: Theme, tone: Tone): string {
  return theme.colours ? paints[tone].colour : paints[tone].plain;
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
};
