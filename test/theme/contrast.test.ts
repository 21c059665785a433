import { describe, expect, test } from 'vitest';
import { type Colour, nearest256, type Rgb, rgbOf256 } from '../../tui/theme/colour.ts';
import { paintOf, palettes } from '../../tui/theme/palettes.ts';
import { type Tone, tones } from '../../tui/theme/theme.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function rgbIn(colour: Colour | undefined, depth: '256' | 'true'): Rgb {
  if (colour?.rgb === undefined) throw new Error('a theme of its own names all its colours');
  return depth === 'true' ? colour.rgb : rgbOf256(nearest256(colour.rgb));
}

// What does not have to be read: a line of a border, what is old and dimmed on purpose.
const noText: readonly Tone[] = ['border', 'stale'];

describe.each([
  ['high-contrast', 7, []],
  ['dark', 4.5, noText],
  ['light', 4.5, noText],
] as const)('the theme %s', (name, least, left) => {
  test.each(['256', 'true'] as const)(
    `has a contrast of ${least} everywhere, in %s colours`,
    (depth) => {
      const weak = tones
        .filter((tone) => !left.some((one) => one === tone))
        .map((tone) => {
          const { text, ground } = paintOf(palettes[name], tone);
          return { tone, ratio: contrast(rgbIn(text, depth), rgbIn(ground, depth)) };
        })
        .filter(({ ratio }) => ratio < least);
      expect(weak).toEqual([]);
    },
  );

  test('tells text from its ground with 16 colours too', () => {
    for (const tone of tones) {
      const { text, ground } = paintOf(palettes[name], tone);
      expect(text?.sixteen, tone).not.toBe(ground?.sixteen);
    }
  });
});

test('black on white has the greatest contrast there is', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBe(21);
});
