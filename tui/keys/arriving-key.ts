import { letterKeys, tildeKeys } from '../input/key-names.ts';
import { texts } from '../texts/texts.ts';

/** A key as people write it, made canonical. `note`: it arrives from some terminals only. `problem`: from none. */
export type ReadKey =
  | { readonly kind: 'key'; readonly key: string; readonly note?: string }
  | { readonly kind: 'problem'; readonly problem: string };

const named: ReadonlySet<string> = new Set([
  ...Object.values(letterKeys),
  ...Object.values(tildeKeys),
  ...['tab', 'space', 'esc', 'backspace'],
]);

const aliases: Readonly<Record<string, string>> = {
  escape: 'esc',
  return: 'enter',
  del: 'delete',
  ins: 'insert',
  pgup: 'pageup',
  pgdn: 'pagedown',
  page_up: 'pageup',
  page_down: 'pagedown',
};

/** Control characters that are another key: what the terminal sends for them is the same byte. */
const sameByte: Readonly<Record<string, string>> = {
  i: 'Tab',
  m: 'Enter',
  '[': 'Esc',
  h: 'Backspace',
};

/** Two presses parted by a space are a chord. */
export function readKey(written: string): ReadKey {
  const words = texts.keybindings;
  const presses = written.trim().split(/\s+/);
  if (written.trim() === '') return { kind: 'problem', problem: words.noKey };
  if (presses.length > 2) return { kind: 'problem', problem: words.longChord };
  const read = presses.map(readPress);
  const bad = read.find((one) => one.kind === 'problem');
  if (bad !== undefined) return bad;
  const keys = read.flatMap((one) => (one.kind === 'key' ? [one.key] : []));
  const note = read.flatMap((one) => (one.kind === 'key' ? (one.note ?? []) : []))[0];
  return { kind: 'key', key: keys.join(' '), ...(note === undefined ? {} : { note }) };
}

interface Press {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly name: string;
}

function readPress(written: string): ReadKey {
  const words = texts.keybindings;
  const parts =
    /^\++$/.test(written) || written.endsWith('++') ? withPlus(written) : split(written);
  const modifiers = parts.slice(0, -1).map((part) => part.toLowerCase());
  const last = parts.at(-1) ?? '';
  const stranger = modifiers.find(
    (one) => !['ctrl', 'control', 'alt', 'option', 'shift'].includes(one),
  );
  if (stranger !== undefined) {
    const kept = ['cmd', 'meta', 'win', 'super'].includes(stranger);
    return problem(kept ? words.keptBySystem(stranger) : words.unknownKey(written));
  }
  const press = {
    ctrl: modifiers.some((one) => one === 'ctrl' || one === 'control'),
    alt: modifiers.some((one) => one === 'alt' || one === 'option'),
    shift: modifiers.includes('shift'),
    name: nameOf(last),
  };
  const isCharacter = Array.from(press.name).length === 1;
  if (!isCharacter && !named.has(press.name)) return problem(words.unknownKey(written));
  return isCharacter ? readCharacter(press, written) : readNamed(press, written);
}

function readCharacter(press: Press, written: string): ReadKey {
  const { ctrl, alt, shift, name } = press;
  const letter = /^\p{L}$/u.test(name);
  if (!ctrl) {
    const character = shift && letter ? name.toUpperCase() : name;
    if (shift && !letter) return problem(texts.keybindings.shiftSign(written));
    return key(alt ? `alt+${character}` : character);
  }
  const low = name.toLowerCase();
  const same = sameByte[low];
  if (same !== undefined && !shift) return problem(texts.keybindings.sameByte(written, same));
  if (!/^[a-z\\\]^_]$/.test(low)) return problem(texts.keybindings.neverArrives(written));
  const canonical = `ctrl+${alt ? 'alt+' : ''}${shift ? 'shift+' : ''}${low}`;
  return shift
    ? { kind: 'key', key: canonical, note: texts.keybindings.seldomArrives(written) }
    : key(canonical);
}

/** Tab, Enter, Esc and Backspace are single bytes, which modifiers do not change; Space almost. */
function readNamed({ ctrl, alt, shift, name }: Press, written: string): ReadKey {
  const plain = name === 'enter' || name === 'esc' || name === 'backspace' || name === 'tab';
  const arrives =
    (name === 'tab' && !ctrl && !alt) ||
    (plain && !ctrl && !shift) ||
    (name === 'space' && !shift) ||
    (!plain && name !== 'space');
  if (!arrives) return problem(texts.keybindings.neverArrives(written));
  return key(`${ctrl ? 'ctrl+' : ''}${alt ? 'alt+' : ''}${shift ? 'shift+' : ''}${name}`);
}

/** A letter keeps its case: "R" is what Shift and r send. */
function nameOf(last: string): string {
  if (Array.from(last).length === 1) return last;
  const low = last.toLowerCase();
  return Object.hasOwn(aliases, low) ? (aliases[low] ?? low) : low;
}

function split(written: string): readonly string[] {
  return written.split('+');
}

/** "ctrl++" is Ctrl and +, "+" is + alone. */
function withPlus(written: string): readonly string[] {
  return [
    ...written
      .slice(0, -1)
      .split('+')
      .filter((part) => part !== ''),
    '+',
  ];
}

function key(canonical: string): ReadKey {
  return { kind: 'key', key: canonical };
}

function problem(words: string): ReadKey {
  return { kind: 'problem', problem: words };
}
