import { decodeControlSequence, readControlSequence } from './control-sequence.ts';
import { type InputEvent, type KeyEvent, keyEvent } from './event.ts';
import { keypadCharacters, letterKeys, linuxConsoleKeys } from './key-names.ts';
import { decodePlain } from './plain-key.ts';

/**
 * Turns the characters of a terminal into events, whatever the chunks: several keys may come in one,
 * one key in several. After a chunk that leaves `pending`, call `flush` once nothing came for a
 * while: a lone ESC then is the Esc key.
 */
export interface Decoder {
  push(chunk: string): readonly InputEvent[];
  flush(): readonly InputEvent[];
  readonly pending: boolean;
}

const esc = '\u001B';
const bell = '\u0007';
const stringEnd = `${esc}\\`;
const pasteStart = '\u001B[200~';
const pasteEnd = '\u001B[201~';
// A paste whose end never comes must not eat the keyboard or the memory.
const longestPaste = 1_000_000;

/** What stands at the start of the buffer: an event or nothing of `length` characters, or wait. */
type Step = { readonly length: number; readonly event?: InputEvent | undefined } | 'wait';

export function createDecoder(): Decoder {
  let buffer = '';

  const drain = (final: boolean): readonly InputEvent[] => {
    const events: InputEvent[] = [];
    while (buffer !== '') {
      const found = readStep(buffer);
      const step = found === 'wait' && final ? readFinal(buffer) : found;
      if (step === 'wait') break;
      buffer = buffer.slice(step.length);
      if (step.event !== undefined) events.push(step.event);
    }
    return events;
  };

  return {
    push: (chunk) => {
      buffer += chunk;
      return drain(false);
    },
    flush: () => drain(true),
    get pending() {
      return buffer !== '' && !buffer.startsWith(pasteStart);
    },
  };
}

function readStep(buffer: string): Step {
  if (!buffer.startsWith(esc)) return readCharacter(buffer);
  if (buffer.startsWith(pasteStart)) return readPaste(buffer);
  switch (buffer[1]) {
    case undefined:
      return 'wait';
    case '[':
      return readBracket(buffer);
    case 'O':
      return readSingleShift(buffer);
    case ']':
    case 'P':
    case '_':
      return readAnswer(buffer);
    case esc:
      return readEscapedEscape(buffer);
    default: {
      const step = readCharacter(buffer.slice(1));
      return { length: step.length + 1, event: withAlt(step.event) };
    }
  }
}

/** Nothing more will come: what looked like the start of a sequence was typed. */
function readFinal(buffer: string): Step {
  if (buffer.startsWith(pasteStart)) return 'wait';
  const next = buffer[1];
  if (next === undefined || next === esc) return { length: 1, event: keyEvent('esc') };
  return { length: 2, event: keyEvent(next, { alt: true }) };
}

function readCharacter(buffer: string): { length: number; event: KeyEvent } {
  const character = String.fromCodePoint(buffer.codePointAt(0) ?? 0);
  return { length: character.length, event: decodePlain(character) };
}

function readPaste(buffer: string): Step {
  const end = buffer.indexOf(pasteEnd, pasteStart.length);
  if (end < 0) return buffer.length < longestPaste ? 'wait' : { length: buffer.length };
  const text = buffer.slice(pasteStart.length, end);
  return { length: end + pasteEnd.length, event: { kind: 'paste', text } };
}

function readBracket(buffer: string): Step {
  if (buffer[2] === '[') {
    if (buffer.length < 4) return 'wait';
    const name = linuxConsoleKeys[buffer[3] ?? ''];
    return { length: 4, event: name === undefined ? undefined : keyEvent(name) };
  }
  const sequence = readControlSequence(buffer);
  if (sequence === 'partial') return 'wait';
  if (sequence === undefined) return { length: 2, event: keyEvent('[', { alt: true }) };
  // Mouse of old terminals: three bytes follow. We never ask for it; its bytes are no keys.
  if (sequence.final === 'M' && sequence.parameters === '') {
    return buffer.length < 6 ? 'wait' : { length: 6 };
  }
  return { length: sequence.length, event: decodeControlSequence(sequence) };
}

function readSingleShift(buffer: string): Step {
  const final = buffer[2];
  if (final === undefined) return 'wait';
  const character = keypadCharacters[final];
  if (character !== undefined) return { length: 3, event: decodePlain(character) };
  const name = letterKeys[final];
  return name === undefined
    ? { length: 2, event: keyEvent('O', { alt: true }) }
    : { length: 3, event: keyEvent(name) };
}

/** Answers of the terminal (OSC, DCS, APC) end with BEL or ESC \ and are no keys. */
function readAnswer(buffer: string): Step {
  const ends = [bell, stringEnd].map((end) => endOf(buffer, end)).filter((end) => end > 0);
  if (ends.length > 0) return { length: Math.min(...ends) };
  const looksLikeAnswer = buffer.length === 2 || /^(?:\]\d|P[>!\d]|_G)/u.test(buffer.slice(1));
  if (looksLikeAnswer && buffer.length < 4096) return 'wait';
  return { length: 2, event: keyEvent(buffer[1] ?? '', { alt: true }) };
}

/** The place behind the first `end`; 0: it is not there. */
function endOf(buffer: string, end: string): number {
  const place = buffer.indexOf(end);
  return place < 0 ? 0 : place + end.length;
}

/** rxvt sends alt+arrow as ESC ESC [ A; otherwise the first ESC was the Esc key. */
function readEscapedEscape(buffer: string): Step {
  if (buffer.length === 2) return 'wait';
  if (buffer[2] !== '[' && buffer[2] !== 'O') return { length: 1, event: keyEvent('esc') };
  const inner = readStep(buffer.slice(1));
  if (inner === 'wait') return 'wait';
  if (inner.event?.kind !== 'key') return { length: 1, event: keyEvent('esc') };
  return { length: inner.length + 1, event: withAlt(inner.event) };
}

function withAlt(event: KeyEvent): KeyEvent {
  const rest = event.key.replace(/^ctrl\+/u, '');
  return { kind: 'key', key: event.key.startsWith('ctrl+') ? `ctrl+alt+${rest}` : `alt+${rest}` };
}
