import { texts } from '../texts/texts.ts';
import type { Keybinding } from './keybinding.ts';

const { hints } = texts.lists;
const inList = 'overlay == none && regionKind == list';

/** What every list can do. A screen may give these keys another meaning on its own lists. */
export const listDefaults: readonly Keybinding[] = [
  { key: 'Y', command: 'list.copy', when: inList },
  { key: 'y', command: 'list.copy', when: inList, hint: hints.copy },
  { key: '|', command: 'list.columns', when: inList },
  { key: '<', command: 'list.sort-previous', when: inList },
  { key: '>', command: 'list.sort-next', when: inList },
  { key: 'I', command: 'list.sort-turn', when: inList },
  { key: '*', command: 'list.mark-all', when: inList },
  { key: 'V', command: 'list.mark-range', when: inList },
  { key: 'ctrl+space', command: 'list.mark-range', when: inList },
  { key: 'space', command: 'list.mark', when: inList },
  { key: '/', command: 'list.filter', when: inList, hint: hints.filter },
  { key: 'ctrl+f', command: 'list.filter', when: inList },
];

const typing = 'overlay == none && listTyping';

/** While a filter is typed, and where one holds: these win over those of a screen. */
export const listKeybindings: readonly Keybinding[] = [
  {
    key: 'esc',
    command: 'list.clear',
    when: 'overlay == none && listMarked',
    hint: hints.unmark,
  },
  { key: 'esc', command: 'list.clear', when: 'overlay == none && listFiltered', hint: hints.all },
  { key: 'esc', command: 'list.clear', when: typing, hint: hints.all },
  { key: 'enter', command: 'list.filter-done', when: typing, hint: hints.keep },
  { key: 'tab', command: 'list.filter-done', when: typing },
];
