/**
 * What came from the terminal. `key` is canonical: modifiers in the order ctrl, alt, shift, then a
 * name ("enter", "f5", "pageup") or the character itself ("a", "R", "?"). `text` is what a text
 * input inserts. Mouse places count cells from 0.
 */
export type InputEvent = KeyEvent | PasteEvent | MouseEvent;

export interface KeyEvent {
  readonly kind: 'key';
  readonly key: string;
  readonly text?: string;
}

export interface PasteEvent {
  readonly kind: 'paste';
  readonly text: string;
}

export interface MouseEvent {
  readonly kind: 'mouse';
  readonly action: 'press' | 'wheel-up' | 'wheel-down';
  readonly button: 'left' | 'middle' | 'right';
  readonly column: number;
  readonly row: number;
}

interface Modifiers {
  readonly ctrl?: boolean;
  readonly alt?: boolean;
  readonly shift?: boolean;
}

export function keyEvent(name: string, modifiers: Modifiers = {}): KeyEvent {
  const prefix = [
    modifiers.ctrl ? 'ctrl+' : '',
    modifiers.alt ? 'alt+' : '',
    modifiers.shift ? 'shift+' : '',
  ].join('');
  return { kind: 'key', key: prefix + name };
}
