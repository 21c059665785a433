import type { Colour, Rgb } from './colour.ts';
import type { Tone } from './theme.ts';
import type { ThemeName } from './theme-names.ts';

/** `attributes` are SGR parameters. Text and ground that are absent are those of `plain`. */
export interface Paint {
  readonly attributes?: string;
  readonly text?: Colour;
  readonly ground?: Colour;
}

export type Palette = Readonly<Record<Tone, Paint>>;

/** Where colours are not wanted: attributes stay, nothing hangs on colour alone. */
export const colourless: Palette = {
  plain: {},
  muted: {},
  strong: { attributes: '1' },
  heading: { attributes: '1' },
  accent: {},
  ok: {},
  warning: {},
  error: { attributes: '1' },
  key: { attributes: '1' },
  selected: { attributes: '7' },
  'selected-elsewhere': { attributes: '1' },
  bar: { attributes: '7' },
  'bar-strong': { attributes: '1;7' },
  'bar-alert': { attributes: '1;7' },
  tab: {},
  'tab-active': { attributes: '1;4' },
  input: { attributes: '4' },
  caret: { attributes: '7' },
  border: {},
  stale: { attributes: '2' },
};

/** The 16 colours of the terminal's own palette: they follow its light or dark theme. */
const terminal: Palette = {
  ...colourless,
  muted: { text: { sixteen: 8 } },
  heading: { attributes: '1', text: { sixteen: 6 } },
  accent: { text: { sixteen: 6 } },
  ok: { text: { sixteen: 2 } },
  warning: { text: { sixteen: 3 } },
  error: { attributes: '1', text: { sixteen: 1 } },
  bar: { text: { sixteen: 15 }, ground: { sixteen: 4 } },
  'bar-strong': { attributes: '1', text: { sixteen: 15 }, ground: { sixteen: 4 } },
  'bar-alert': { attributes: '1', text: { sixteen: 15 }, ground: { sixteen: 1 } },
  tab: { text: { sixteen: 8 } },
  border: { text: { sixteen: 8 } },
};

const dark = painted({
  plain: { text: colour(7, 0xd4d4d4), ground: colour(0, 0x1e1e1e) },
  muted: { text: colour(8, 0xa0a0a0) },
  strong: { attributes: '1', text: colour(15, 0xffffff) },
  heading: { attributes: '1', text: colour(14, 0x4ec9b0) },
  accent: { text: colour(6, 0x4fc1ff) },
  ok: { text: colour(10, 0x89d185) },
  warning: { text: colour(11, 0xe2c04b) },
  error: { attributes: '1', text: colour(9, 0xf48771) },
  key: { attributes: '1', text: colour(15, 0xffffff) },
  selected: { text: colour(15, 0xffffff), ground: colour(4, 0x04395e) },
  'selected-elsewhere': {
    attributes: '1',
    text: colour(15, 0xffffff),
    ground: colour(0, 0x37373d),
  },
  bar: { text: colour(15, 0xffffff), ground: colour(4, 0x005a9e) },
  'bar-alert': { text: colour(15, 0xffffff), ground: colour(1, 0xa1260d) },
  input: { attributes: '4', text: colour(15, 0xf0f0f0), ground: colour(0, 0x313131) },
  border: { text: colour(8, 0x6b6b6b) },
  stale: { text: colour(8, 0x8a8a8a) },
});

const light = painted({
  plain: { text: colour(0, 0x1f1f1f), ground: colour(15, 0xffffff) },
  muted: { text: colour(8, 0x5f5f5f) },
  strong: { attributes: '1', text: colour(0, 0x000000) },
  heading: { attributes: '1', text: colour(4, 0x00538a) },
  accent: { text: colour(4, 0x005fb8) },
  ok: { text: colour(2, 0x1a6b1a) },
  // Yellow on white cannot be read.
  warning: { text: colour(5, 0x8a5100) },
  error: { attributes: '1', text: colour(1, 0xb01011) },
  key: { attributes: '1', text: colour(0, 0x000000) },
  selected: { text: colour(15, 0xffffff), ground: colour(4, 0x005fb8) },
  'selected-elsewhere': { attributes: '1', text: colour(0, 0x000000), ground: colour(7, 0xdcdcdc) },
  bar: { text: colour(15, 0xffffff), ground: colour(4, 0x00538a) },
  'bar-alert': { text: colour(15, 0xffffff), ground: colour(1, 0xa1260d) },
  input: { attributes: '4', text: colour(0, 0x000000), ground: colour(15, 0xf0f0f0) },
  border: { text: colour(8, 0x8a8a8a) },
  stale: { text: colour(8, 0x767676) },
});

/** Every text is at least seven times as bright as its ground, or the other way round. */
const highContrast = painted({
  plain: { text: colour(15, 0xffffff), ground: colour(0, 0x000000) },
  muted: { text: colour(7, 0xd0d0d0) },
  strong: { attributes: '1', text: colour(15, 0xffffff) },
  heading: { attributes: '1', text: colour(14, 0x5fffff) },
  accent: { text: colour(14, 0x5fffff) },
  ok: { text: colour(10, 0x5fff5f) },
  warning: { text: colour(11, 0xffd700) },
  error: { attributes: '1', text: colour(9, 0xff8787) },
  key: { attributes: '1', text: colour(11, 0xffd700) },
  selected: { attributes: '1', text: colour(0, 0x000000), ground: colour(11, 0xffd700) },
  'selected-elsewhere': { attributes: '1;4', text: colour(11, 0xffd700) },
  bar: { text: colour(0, 0x000000), ground: colour(15, 0xffffff) },
  'bar-alert': { text: colour(15, 0xffffff), ground: colour(1, 0x870000) },
  input: { attributes: '4', text: colour(15, 0xffffff) },
  border: { text: colour(15, 0xffffff) },
  stale: { text: colour(7, 0xc0c0c0) },
});

export const palettes: Readonly<Record<ThemeName, Palette>> = {
  terminal,
  dark,
  light,
  'high-contrast': highContrast,
};

/** With what it takes over from plain text. */
export function paintOf({ plain, ...palette }: Palette, tone: Tone): Paint {
  return tone === 'plain' ? plain : { ...plain, ...palette[tone] };
}

type Own = Omit<Palette, 'bar-strong' | 'tab' | 'tab-active' | 'caret'>;

function painted(own: Own): Palette {
  return {
    ...own,
    'bar-strong': { ...own.bar, attributes: '1' },
    'bar-alert': { ...own['bar-alert'], attributes: '1' },
    tab: own.muted,
    'tab-active': { ...own.strong, attributes: '1;4' },
    caret: { attributes: '7' },
  };
}

function colour(sixteen: number, hex: number): Colour {
  const rgb: Rgb = [hex >> 16, (hex >> 8) & 0xff, hex & 0xff];
  return { sixteen, rgb };
}
