import { expect, test } from 'vitest';
import { latinKey } from '../../tui/keys/persian-layout.ts';

test('a key of the Persian layout is the one of a US layout at its place', () => {
  const pressed = ['ا', 'ذ', 'ق', '۴', 'ج', 'و', 'ک', 'آ', '؟', '\u064B', '\u200C', 'alt+ا'];
  expect(pressed.map(latinKey)).toEqual([
    'h',
    'b',
    'r',
    '4',
    '[',
    ',',
    ';',
    'H',
    '?',
    'R',
    'B',
    'alt+h',
  ]);
});

test('every letter of a US layout has its key', () => {
  const all = Array.from('ضصثقفغعهخحشسیبلاتنمظطزرذدپ', latinKey);
  expect(all.toSorted().join('')).toBe('abcdefghijklmnopqrstuvwxyz');
});

test('all other keys are themselves', () => {
  for (const key of [
    'h',
    'enter',
    'ctrl+p',
    'alt+x',
    'ctrl+shift+f5',
    '+',
    'ctrl++',
    ' ',
    'space',
    'ß',
  ])
    expect(latinKey(key)).toBe(key);
});
