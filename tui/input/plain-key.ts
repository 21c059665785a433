import type { KeyEvent } from './event.ts';
import { controlKeys } from './key-names.ts';

/** One character that stands for itself: printable, or a control character. */
export function decodePlain(character: string): KeyEvent {
  const code = character.codePointAt(0) ?? 0;
  const name = controlKeys[code];
  if (name !== undefined) return { kind: 'key', key: name };
  if (code < 32) return { kind: 'key', key: `ctrl+${String.fromCharCode(code + 96)}` };
  if (code === 32) return { kind: 'key', key: 'space', text: ' ' };
  return { kind: 'key', key: character, text: character };
}
