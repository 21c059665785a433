import { type InputEvent, keyEvent } from './event.ts';
import { letterKeys, tildeKeys } from './key-names.ts';
import { decodePlain } from './plain-key.ts';

/** `ESC [` parameters intermediates final, as ECMA-48 has it; `length` counts the characters. */
export interface ControlSequence {
  readonly parameters: string;
  readonly final: string;
  readonly length: number;
}

const start = '\u001B[';
const form = /^([0-?]*)[ -/]*([@-~])/u;
// Longer ones are no keys; waiting for their end would swallow what is typed.
const longestSequence = 64;

/** The sequence at the start of the text; 'partial' while its end may still come; undefined: none. */
export function readControlSequence(text: string): ControlSequence | 'partial' | undefined {
  if (!text.startsWith(start)) return undefined;
  const rest = text.slice(start.length);
  const match = form.exec(rest);
  if (match !== null) {
    const length = start.length + match[0].length;
    return { parameters: match[1] ?? '', final: match[2] ?? '', length };
  }
  const open = /^[0-?]*[ -/]*$/u.test(rest);
  return open && text.length < longestSequence ? 'partial' : undefined;
}

/** The event that a complete sequence means; undefined: an answer of the terminal, or unknown. */
export function decodeControlSequence(sequence: ControlSequence): InputEvent | undefined {
  const { parameters, final } = sequence;
  if (parameters.startsWith('<')) return decodeMouse(parameters.slice(1), final);
  const numbers = parameters.split(';').map((part) => Number.parseInt(part, 10));
  const modifiers = readModifiers(numbers[1]);
  switch (final) {
    case '~':
      return decodeTilde(numbers, modifiers);
    case 'u':
      return decodeCodePoint(numbers[0], modifiers);
    case 'Z':
      return keyEvent('tab', { shift: true });
    default:
      return decodeLetter(final, numbers, modifiers);
  }
}

function decodeLetter(
  final: string,
  numbers: readonly number[],
  modifiers: Modifiers,
): InputEvent | undefined {
  const name = letterKeys[final];
  // A first number other than 1 is an answer of the terminal, such as the place of the cursor.
  const isKey = numbers[0] === 1 || Number.isNaN(numbers[0]);
  return name === undefined || name === 'enter' || !isKey ? undefined : keyEvent(name, modifiers);
}

interface Modifiers {
  readonly shift: boolean;
  readonly alt: boolean;
  readonly ctrl: boolean;
}

/** xterm: the parameter is 1 plus shift 1, alt 2, ctrl 4. */
function readModifiers(parameter: number | undefined): Modifiers {
  const bits = parameter === undefined || Number.isNaN(parameter) ? 0 : parameter - 1;
  return { shift: (bits & 1) !== 0, alt: (bits & 2) !== 0, ctrl: (bits & 4) !== 0 };
}

function decodeTilde(numbers: readonly number[], modifiers: Modifiers): InputEvent | undefined {
  const number = numbers[0] ?? Number.NaN;
  // modifyOtherKeys of xterm: ESC [ 27 ; modifiers ; code ~
  if (number === 27) return decodeCodePoint(numbers[2], modifiers);
  const name = tildeKeys[number];
  if (name !== undefined) return keyEvent(name, modifiers);
  // PuTTY and rxvt: 25 to 34 without 27 and 30 are shift+F1 to F8.
  const shifted = [25, 26, 28, 29, 31, 32, 33, 34].indexOf(number);
  return shifted < 0 ? undefined : keyEvent(`f${shifted + 1}`, { ...modifiers, shift: true });
}

function decodeCodePoint(code: number | undefined, modifiers: Modifiers): InputEvent | undefined {
  if (code === undefined || Number.isNaN(code) || code > 0x10ffff) return undefined;
  const plain = decodePlain(String.fromCodePoint(code));
  if (!modifiers.ctrl && !modifiers.alt && plain.text !== undefined) return plain;
  const isCharacter = plain.text !== undefined && plain.key.length === 1;
  if (isCharacter && modifiers.shift && !modifiers.ctrl) {
    return keyEvent(plain.key.toUpperCase(), { alt: modifiers.alt });
  }
  return keyEvent(plain.key, modifiers);
}

/** SGR mouse: button ; column ; row, counted from 1; `M` press, `m` release. */
function decodeMouse(parameters: string, final: string): InputEvent | undefined {
  const [code = 0, column = 1, row = 1] = parameters.split(';').map(Number);
  if (final !== 'M' || (code & 32) !== 0) return undefined;
  const place = { kind: 'mouse', column: column - 1, row: row - 1 } as const;
  if ((code & 64) !== 0) {
    return { ...place, action: (code & 1) === 0 ? 'wheel-up' : 'wheel-down', button: 'middle' };
  }
  const button = (['left', 'middle', 'right'] as const)[code & 3];
  return button === undefined ? undefined : { ...place, action: 'press', button };
}
