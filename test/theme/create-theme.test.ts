import { describe, expect, test } from 'vitest';
import { nearest256, rgbOf256 } from '../../tui/theme/colour.ts';
import { createTheme, followTheme, type ThemeChoice } from '../../tui/theme/create-theme.ts';
import { themeNames } from '../../tui/theme/theme-names.ts';

const utf8 = (depth: 'none' | '16' | '256' | 'true') => ({ depth, unicode: true });
const auto = (theme: ThemeChoice['theme']): ThemeChoice => ({ theme, ascii: 'auto' });

describe('the colours of a tone', () => {
  test("are the terminal's own where its palette was chosen, however many it has", () => {
    const { styles } = createTheme(auto('terminal'), utf8('true'));
    expect(styles).toMatchObject({ plain: '', error: '1;31', bar: '97;44', selected: '7' });
  });

  test('follow what the terminal says it has', () => {
    const error = (depth: '16' | '256' | 'true') =>
      createTheme(auto('dark'), utf8(depth)).styles.error;
    expect(error('16')).toBe('1;91;40');
    expect(error('256')).toMatch(/^1;38;5;\d+;48;5;\d+$/);
    expect(error('true')).toBe('1;38;2;244;135;113;48;2;30;30;30');
  });

  test.each(themeNames)('are none without colours, in the theme %s', (name) => {
    const { styles } = createTheme(auto(name), utf8('none'));
    expect(styles).toMatchObject({ plain: '', error: '1', selected: '7', bar: '7', input: '4' });
    expect(Object.values(styles).join(' ')).not.toMatch(/[34]\d/);
  });
});

test('signs are ASCII where the terminal has no others, or where that was chosen', () => {
  const line = (ascii: ThemeChoice['ascii'], unicode: boolean) =>
    createTheme({ theme: 'dark', ascii }, { depth: '16', unicode }).glyphs.horizontal;
  expect([line('auto', true), line('auto', false)]).toEqual(['─', '-']);
  expect([line('on', true), line('off', false)]).toEqual(['-', '─']);
});

test('a theme is made anew only when another is chosen', () => {
  let choice = auto('dark');
  const theme = followTheme(() => choice, utf8('256'));
  const first = theme();
  choice = { ...choice };
  expect(theme()).toBe(first);
  choice = auto('light');
  expect(theme().styles.plain).not.toBe(first.styles.plain);
});

test('the nearest of 256 colours is the colour itself where it is one', () => {
  for (const number of [16, 21, 52, 196, 231, 240]) {
    expect(rgbOf256(nearest256(rgbOf256(number)))).toEqual(rgbOf256(number));
  }
});
