import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDecoder } from '../../tui/input/decoder.ts';
import type { InputEvent } from '../../tui/input/event.ts';

const esc = '\u001B';

/** Bytes as terminals send them, and the key they mean. */
const keys: readonly (readonly [bytes: string, key: string])[] = [
  ['a', 'a'],
  ['R', 'R'],
  ['?', '?'],
  ['é', 'é'],
  ['😀', '😀'],
  [' ', 'space'],
  ['\r', 'enter'],
  ['\n', 'ctrl+j'],
  ['\t', 'tab'],
  ['\u007F', 'backspace'],
  ['\b', 'backspace'],
  ['\u0010', 'ctrl+p'],
  ['\u000B', 'ctrl+k'],
  ['\u0000', 'ctrl+space'],
  ['\u001F', 'ctrl+_'],
  ['\u001C', 'ctrl+\\'],
  [`${esc}p`, 'alt+p'],
  [`${esc}1`, 'alt+1'],
  [`${esc}\u0010`, 'ctrl+alt+p'],
  [`${esc}[A`, 'up'],
  [`${esc}OA`, 'up'],
  [`${esc}[1;5C`, 'ctrl+right'],
  [`${esc}[1;6D`, 'ctrl+shift+left'],
  [`${esc}[1;3B`, 'alt+down'],
  [`${esc}${esc}[A`, 'alt+up'],
  [`${esc}[5~`, 'pageup'],
  [`${esc}[5;5~`, 'ctrl+pageup'],
  [`${esc}[H`, 'home'],
  [`${esc}[1~`, 'home'],
  [`${esc}[7~`, 'home'],
  [`${esc}[4~`, 'end'],
  [`${esc}[3~`, 'delete'],
  [`${esc}[Z`, 'shift+tab'],
  [`${esc}OP`, 'f1'],
  [`${esc}[11~`, 'f1'],
  [`${esc}[[A`, 'f1'],
  [`${esc}[15~`, 'f5'],
  [`${esc}[17~`, 'f6'],
  [`${esc}[17;2~`, 'shift+f6'],
  [`${esc}[1;2P`, 'shift+f1'],
  [`${esc}[25~`, 'shift+f1'],
  [`${esc}[24~`, 'f12'],
  [`${esc}[112;6u`, 'ctrl+shift+p'],
  [`${esc}[27;6;112~`, 'ctrl+shift+p'],
  [`${esc}[27;5;9~`, 'ctrl+tab'],
  [`${esc}[97u`, 'a'],
  [`${esc}Oq`, '1'],
  [`${esc}Op`, '0'],
  [`${esc}Oj`, '*'],
  [`${esc}OM`, 'enter'],
];

function decode(...chunks: readonly string[]): readonly InputEvent[] {
  const decoder = createDecoder();
  const events = chunks.flatMap((chunk) => decoder.push(chunk));
  return [...events, ...decoder.flush()];
}

function keysOf(events: readonly InputEvent[]): readonly string[] {
  return events.map((event) => (event.kind === 'key' ? event.key : event.kind));
}

describe('keys', () => {
  test.each(keys)('%j is %s', (bytes, key) => {
    expect(keysOf(decode(bytes))).toEqual([key]);
  });

  test('any row of keys in one chunk comes out one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...keys), { minLength: 1, maxLength: 12 }), (row) => {
        const bytes = row.map(([sent]) => sent).join('');
        expect(keysOf(decode(bytes))).toEqual(row.map(([, key]) => key));
      }),
    );
  });

  test('a key cut in two chunks at any place is still one key', () => {
    for (const [bytes, key] of keys) {
      for (let cut = 1; cut < [...bytes].length; cut++) {
        expect(keysOf(decode(bytes.slice(0, cut), bytes.slice(cut)))).toEqual([key]);
      }
    }
  });

  test('a lone ESC waits, and is Esc once nothing follows', () => {
    const decoder = createDecoder();
    expect(decoder.push(esc)).toEqual([]);
    expect(decoder.pending).toBe(true);
    expect(keysOf(decoder.flush())).toEqual(['esc']);
    expect(decoder.pending).toBe(false);
  });

  test('two ESC are Esc twice', () => {
    expect(keysOf(decode(esc + esc))).toEqual(['esc', 'esc']);
  });

  test('printable keys carry the text they insert, others none', () => {
    expect(decode('é\u0001')).toEqual([
      { kind: 'key', key: 'é', text: 'é' },
      { kind: 'key', key: 'ctrl+a' },
    ]);
  });
});

describe('paste', () => {
  test('comes as one text, line ends and escapes inside it included', () => {
    const text = `one\r\ntwo ${esc}[A three`;
    expect(decode(`a${esc}[200~${text}${esc}[201~b`)).toEqual([
      { kind: 'key', key: 'a', text: 'a' },
      { kind: 'paste', text },
      { kind: 'key', key: 'b', text: 'b' },
    ]);
  });

  test('waits for its end over many chunks, and no flush cuts it', () => {
    const decoder = createDecoder();
    decoder.push(`${esc}[200~one`);
    expect(decoder.flush()).toEqual([]);
    expect(decoder.push(`two${esc}[201~`)).toEqual([{ kind: 'paste', text: 'onetwo' }]);
  });
});

describe('mouse and answers', () => {
  test('clicks and the wheel carry cells counted from 0; releases and moves are dropped', () => {
    const bytes = `${esc}[<0;12;5M${esc}[<0;12;5m${esc}[<35;1;1M${esc}[<64;3;4M${esc}[<65;3;4M${esc}[<2;1;1M`;
    expect(decode(bytes)).toEqual([
      { kind: 'mouse', action: 'press', button: 'left', column: 11, row: 4 },
      { kind: 'mouse', action: 'wheel-up', button: 'middle', column: 2, row: 3 },
      { kind: 'mouse', action: 'wheel-down', button: 'middle', column: 2, row: 3 },
      { kind: 'mouse', action: 'press', button: 'right', column: 0, row: 0 },
    ]);
  });

  test('answers of the terminal are no keys', () => {
    const bytes = `${esc}[?62;c${esc}]11;rgb:0/0/0\u0007${esc}P>|xterm${esc}\\${esc}[I${esc}[12;40Rx`;
    expect(keysOf(decode(bytes))).toEqual(['x']);
  });

  test('no bytes at all make it throw, and a flush leaves nothing behind', () => {
    const piece = fc.constantFrom(
      esc,
      '[',
      'O',
      ']',
      '<',
      '2',
      '0',
      ';',
      '~',
      'M',
      'P',
      'a',
      '\r',
      '\u0007',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const decoder = createDecoder();
        for (const bytes of pieces) decoder.push(bytes);
        decoder.flush();
        expect(decoder.pending).toBe(false);
      }),
    );
  });
});
