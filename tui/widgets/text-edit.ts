/** A line of text being typed. `caret` counts characters (UTF-16 units on a boundary). */
export interface TextState {
  readonly text: string;
  readonly caret: number;
}

export function textState(text: string): TextState {
  return { text, caret: text.length };
}

/** The text after a key; undefined: the key means nothing here. */
export function editText(state: TextState, key: string, inserted?: string): TextState | undefined {
  const { text, caret } = state;
  switch (key) {
    case 'left':
      return { text, caret: before(text, caret) };
    case 'right':
      return { text, caret: after(text, caret) };
    case 'home':
    case 'ctrl+a':
      return { text, caret: 0 };
    case 'end':
    case 'ctrl+e':
      return textState(text);
    case 'backspace':
      return remove(text, before(text, caret), caret);
    case 'delete':
    case 'ctrl+d':
      return remove(text, caret, after(text, caret));
    case 'ctrl+w':
    case 'alt+backspace':
      return remove(text, wordBefore(text, caret), caret);
    case 'ctrl+u':
      return remove(text, 0, caret);
    case 'ctrl+left':
    case 'alt+b':
      return { text, caret: wordBefore(text, caret) };
    case 'ctrl+right':
    case 'alt+f':
      return { text, caret: wordAfter(text, caret) };
    default:
      return inserted === undefined ? undefined : insertText(state, inserted);
  }
}

// What would turn the order of the row round goes as well; the joiners that words need stay.
const unprintable = /[\p{Control}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Puts typed or pasted text in; a field has one line, so line ends become spaces. */
export function insertText(state: TextState, inserted: string): TextState {
  const clean = inserted.replaceAll(/[\r\n\t]+/g, ' ').replaceAll(unprintable, '');
  return {
    text: state.text.slice(0, state.caret) + clean + state.text.slice(state.caret),
    caret: state.caret + clean.length,
  };
}

function remove(text: string, from: number, to: number): TextState {
  return { text: text.slice(0, from) + text.slice(to), caret: from };
}

function before(text: string, caret: number): number {
  return caret - (Array.from(text.slice(0, caret)).at(-1)?.length ?? 0);
}

function after(text: string, caret: number): number {
  return caret + (Array.from(text.slice(caret))[0]?.length ?? 0);
}

function wordBefore(text: string, caret: number): number {
  return text.slice(0, caret).replace(/[^\s/]*[\s/]*$/u, '').length;
}

function wordAfter(text: string, caret: number): number {
  return caret + (/^[\s/]*[^\s/]*/u.exec(text.slice(caret))?.[0].length ?? 0);
}
