/** How many colours a terminal is told; `none`: only bold, inverse and underline. */
export type ColourDepth = 'none' | '16' | '256' | 'true';

export type Rgb = readonly [red: number, green: number, blue: number];

/** One of the 16 by its number; `rgb`: what it is where there are more, absent: the terminal's own one of the 16. */
export interface Colour {
  readonly sixteen: number;
  readonly rgb?: Rgb;
}

/** SGR parameters of a colour, of the text or of the ground behind it; '' without colours. */
export function colourCode(
  { sixteen, rgb }: Colour,
  depth: ColourDepth,
  layer: 'text' | 'ground',
): string {
  if (depth === 'none') return '';
  if (rgb === undefined || depth === '16') return String(sixteenCode(sixteen, layer));
  const introducer = layer === 'text' ? '38' : '48';
  return depth === 'true'
    ? `${introducer};2;${rgb.join(';')}`
    : `${introducer};5;${nearest256(rgb)}`;
}

function sixteenCode(sixteen: number, layer: 'text' | 'ground'): number {
  const dark = layer === 'text' ? 30 : 40;
  return sixteen < 8 ? dark + sixteen : dark + 60 + sixteen - 8;
}

const cubeLevels = [0, 95, 135, 175, 215, 255] as const;
const greys = 24;

/** The nearest of xterm's colours 16 to 255. The first 16 are the user's, so nobody knows them. */
export function nearest256(rgb: Rgb): number {
  const numbers = Array.from({ length: 240 }, (_, index) => index + 16);
  return numbers.reduce((best, number) =>
    distance(rgb, rgbOf256(number)) < distance(rgb, rgbOf256(best)) ? number : best,
  );
}

/** What xterm shows for a number from 16 to 255: a cube of 6 by 6 by 6, then greys. */
export function rgbOf256(number: number): Rgb {
  const grey = number - (256 - greys);
  if (grey >= 0) return [8 + grey * 10, 8 + grey * 10, 8 + grey * 10];
  const place = number - 16;
  const level = (step: number): number => cubeLevels[Math.floor(place / step) % 6] ?? 0;
  return [level(36), level(6), level(1)];
}

function distance(one: Rgb, other: Rgb): number {
  return one.reduce((sum, value, index) => sum + (value - (other[index] ?? 0)) ** 2, 0);
}
