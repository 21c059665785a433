import { viewIds } from '../store/ui-state.ts';
import { texts } from '../texts/texts.ts';
import type { Keybinding } from './keybinding.ts';
import { listDefaults } from './list-keybindings.ts';

const noOverlay = 'overlay == none';

/** Keys that hold on every screen. Those of one screen stand in its folder. */
export const defaultKeybindings: readonly Keybinding[] = [
  ...viewIds.flatMap((view, index): readonly Keybinding[] => [
    { key: `${index + 1}`, command: `view.${view}`, when: noOverlay },
    { key: `alt+${index + 1}`, command: `view.${view}`, when: noOverlay },
  ]),
  { key: 'b', command: 'back-up.form', when: noOverlay },
  { key: 'R', command: 'services.reset-plan', when: noOverlay },
  { key: 'C', command: 'checkpoint', when: `${noOverlay} && configured` },
  { key: 'i', command: 'protect', when: `${noOverlay} && demo` },
  { key: 'q', command: 'quit', when: noOverlay },
  { key: 'ctrl+c', command: 'quit', when: noOverlay },
  { key: 'ctrl+z', command: 'suspend' },
  { key: 'ctrl+l', command: 'redraw' },
  { key: '%', command: 'mouse', when: noOverlay },
  { key: ':', command: 'palette.commands', when: noOverlay },
  { key: 'f1', command: 'palette.commands' },
  { key: 'ctrl+shift+p', command: 'palette.commands' },
  { key: 'ctrl+p', command: 'palette.go-to' },
  { key: '?', command: 'help.keys', when: noOverlay },
  { key: 'alt+k', command: 'help.ask-key', when: 'overlay == none || overlay == keys' },
  { key: 'm', command: 'menu.open', when: noOverlay },
  { key: '.', command: 'menu.open', when: noOverlay },
  { key: 'shift+f10', command: 'menu.open', when: noOverlay },
  { key: 'N', command: 'messages.show', when: noOverlay },
  { key: 'ctrl+k n', command: 'messages.show', when: noOverlay },
  { key: 'ctrl+k r', command: 'read-only.toggle', when: noOverlay },
  { key: 'ctrl+k ctrl+s', command: 'keys.edit', when: noOverlay },
  { key: 'ctrl+k ctrl+k', command: 'help.ask-key', when: noOverlay },

  { key: ']', command: 'panel.toggle', when: noOverlay },
  { key: 'ctrl+k j', command: 'panel.toggle', when: noOverlay },
  { key: 'ctrl+pagedown', command: 'panel.next', when: noOverlay },
  { key: 'ctrl+pageup', command: 'panel.previous', when: noOverlay },
  { key: '}', command: 'panel.next', when: noOverlay },
  { key: '{', command: 'panel.previous', when: noOverlay },

  ...listDefaults,
  ...panelKeys(),
  { key: 'f6', command: 'part.next', when: noOverlay },
  { key: 'shift+f6', command: 'part.next', when: noOverlay },
  { key: 'tab', command: 'region.next', when: noOverlay },
  { key: 'shift+tab', command: 'region.previous', when: noOverlay },
  { key: 'esc', command: 'back', when: noOverlay },
  { key: 'enter', command: 'open', when: noOverlay },
  { key: 'space', command: 'open', when: `${noOverlay} && regionKind == button` },
  { key: 'left', command: 'choice.previous', when: `${noOverlay} && regionKind == choice` },
  { key: 'right', command: 'choice.next', when: `${noOverlay} && regionKind == choice` },
  { key: 'space', command: 'choice.next', when: `${noOverlay} && regionKind == choice` },
  ...stepsOn('button', 'left', 'right'),

  ...awayKeys(),
  ...movements('list', noOverlay),
  ...movements('page', noOverlay),
  ...stepsOn('field', 'up', 'down'),
  ...stepsOn('choice', 'up', 'down'),
  ...stepsOn('button', 'up', 'down'),

  { key: 'esc', command: 'overlay.close', when: 'overlay != none' },
  { key: 'ctrl+c', command: 'overlay.close', when: 'overlay != none' },
  { key: 'tab', command: 'dialog.next', when: 'overlay == dialog' },
  { key: 'right', command: 'dialog.next', when: 'overlay == dialog' },
  { key: 'down', command: 'dialog.next', when: 'overlay == dialog' },
  { key: 'shift+tab', command: 'dialog.previous', when: 'overlay == dialog' },
  { key: 'left', command: 'dialog.previous', when: 'overlay == dialog' },
  { key: 'up', command: 'dialog.previous', when: 'overlay == dialog' },
  { key: 'enter', command: 'dialog.press', when: 'overlay == dialog' },
  { key: 'space', command: 'dialog.press', when: 'overlay == dialog' },
  ...dialogScrolling(),
  ...pickerKeys('picker'),
  ...pickerKeys('keys'),
];

/** While no Kedge answers. */
function awayKeys(): readonly Keybinding[] {
  const { retry, next, press } = texts.workbench.awayHints;
  const away = `${noOverlay} && !connected`;
  return [
    { key: 'tab', command: 'region.next', when: `${away} && regionKind == button`, hint: next },
    { key: 'enter', command: 'open', when: `${away} && regionKind == button`, hint: press },
    { key: 'ctrl+r', command: 'connection.retry', when: '!connected', hint: retry },
  ];
}

function panelKeys(): readonly Keybinding[] {
  const panel = `${noOverlay} && part == panel`;
  const { back, details, cancel, copy, otherTab } = texts.workbench.panelHints;
  const { acknowledge } = texts.alarms.hints;
  return [
    { key: 'esc', command: 'back', when: panel, hint: back },
    { key: '}', command: 'panel.next', when: panel, hint: otherTab },
    { key: 'c', command: 'jobs.cancel', when: `${panel} && panelTab == jobs`, hint: cancel },
    { key: 'enter', command: 'open', when: `${panel} && panelTab == jobs`, hint: details },
    {
      key: 'a',
      command: 'problems.acknowledge',
      when: `${panel} && panelTab == problems && hasProblems`,
      hint: acknowledge,
    },
    { key: 'enter', command: 'open', when: `${panel} && panelTab == commands`, hint: copy },
  ];
}

function movements(kind: 'list' | 'page', where: string): readonly Keybinding[] {
  const when = `${where} && regionKind == ${kind}`;
  const keys = [
    ['up', 'up'],
    ['k', 'up'],
    ['down', 'down'],
    ['j', 'down'],
    ['pageup', 'page-up'],
    ['pagedown', 'page-down'],
    ['home', 'first'],
    ['end', 'last'],
    ['g', 'first'],
    ['G', 'last'],
  ] as const;
  return keys.map(([key, movement]) => ({ key, command: 'list.move', args: { movement }, when }));
}

/** Of a question whose text is longer than the window; arrows go from button to button. */
function dialogScrolling(): readonly Keybinding[] {
  const keys = [
    ['pageup', 'page-up'],
    ['pagedown', 'page-down'],
  ] as const;
  return keys.map(([key, movement]) => ({
    key,
    command: 'list.move',
    args: { movement, list: 'dialog.text' },
    when: 'overlay == dialog',
  }));
}

function pickerKeys(overlay: 'picker' | 'keys'): readonly Keybinding[] {
  const when = `overlay == ${overlay}`;
  return [
    { key: 'up', command: 'picker.move', args: { movement: 'up' }, when },
    { key: 'down', command: 'picker.move', args: { movement: 'down' }, when },
    { key: 'ctrl+n', command: 'picker.move', args: { movement: 'down' }, when },
    { key: 'pageup', command: 'picker.move', args: { movement: 'page-up' }, when },
    { key: 'pagedown', command: 'picker.move', args: { movement: 'page-down' }, when },
    { key: 'tab', command: 'picker.move', args: { movement: 'down' }, when },
    { key: 'shift+tab', command: 'picker.move', args: { movement: 'up' }, when },
    { key: 'enter', command: 'picker.accept', when },
  ];
}

/** Arrows go to what is next in the page, and leave it to Tab to go on to the panel. */
function stepsOn(kind: string, back: string, on: string): readonly Keybinding[] {
  const when = `${noOverlay} && regionKind == ${kind}`;
  const args = { within: 'page' };
  return [
    { key: back, command: 'region.previous', args, when },
    { key: on, command: 'region.next', args, when },
  ];
}
