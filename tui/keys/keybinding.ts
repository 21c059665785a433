import type { Action } from '../store/action.ts';
import { texts } from '../texts/texts.ts';

/**
 * A key and the command it runs. `key` is canonical (see input/event.ts); two keys parted by a space
 * are a chord. A later binding wins over an earlier one.
 */
export interface Keybinding {
  readonly key: string;
  readonly command: string;
  readonly args?: Action['args'];
  /** Grammar of store/when.ts. */
  readonly when?: string;
  /** One or two words for the line of hints; absent: not shown there. */
  readonly hint?: string;
}

/** How a key is shown: "Ctrl+K J", "F6", "Enter", "v". */
export function wordKey(key: string): string {
  return key.split(' ').map(wordPress).join(' ');
}

const names: Readonly<Record<string, string>> = texts.workbench.keyNames;

function wordPress(press: string): string {
  const parts = press === '+' ? ['+'] : press.split('+');
  const chordal = parts.length > 1;
  return parts
    .map((part) => names[part] ?? (/^f\d+$/.test(part) || chordal ? part.toUpperCase() : part))
    .join('+');
}
