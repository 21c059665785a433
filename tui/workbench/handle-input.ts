import type { InputEvent, MouseEvent } from '../input/event.ts';
import { wordKey } from '../keys/keybinding.ts';
import type { Resolver } from '../keys/resolver.ts';
import type { Bench } from '../screens/bench.ts';
import type { FieldState, UiState } from '../store/ui-state.ts';
import { texts } from '../texts/texts.ts';
import { spanAt } from '../widgets/line.ts';
import type { FieldSection } from '../widgets/section.ts';
import { editText, insertText } from '../widgets/text-edit.ts';
import { sectionOf } from './commands/focus-commands.ts';
import { contextOf } from './context.ts';
import type { Frame } from './frame.ts';

export interface InputTarget {
  readonly bench: Bench;
  readonly resolver: Resolver;
  readonly frame: () => Frame;
}

/** The one place where input becomes actions. */
export function handleInput(target: InputTarget, event: InputEvent): void {
  switch (event.kind) {
    case 'key':
      handleKey(target, event.key, event.text);
      break;
    case 'paste':
      editFocused(target, (field) => insertText(field, event.text));
      break;
    case 'mouse':
      handleMouse(target, event);
      break;
    default:
      event satisfies never;
  }
}

function handleKey(target: InputTarget, key: string, text: string | undefined): void {
  const { bench, resolver, frame } = target;
  const { chord } = bench.model().ui;
  const resolution = resolver.resolve(key, contextOf(bench.model(), frame()), chord);
  if (chord !== undefined) bench.updateUi(({ chord: _done, ...ui }) => ui);
  switch (resolution.kind) {
    case 'action':
      bench.run(resolution.action);
      break;
    case 'pending':
      bench.updateUi((ui) => ({ ...ui, chord: resolution.chord }));
      break;
    case 'unknown-chord':
      if (key !== 'esc') {
        bench.notify('muted', texts.workbench.unknownChord(wordKey(resolution.chord)));
      }
      break;
    case 'typing':
      editFocused(target, (field) => editText(field, key, text));
      break;
    case 'none':
      break;
    default:
      resolution satisfies never;
  }
}

/** Changes the text that has the focus: of the palette, a dialog or a field. */
function editFocused(
  { bench, frame }: InputTarget,
  edit: (field: FieldState) => FieldState | undefined,
): void {
  const { ui } = bench.model();
  if (ui.overlay !== undefined) {
    bench.updateUi((before) => editOverlay(before, edit));
    return;
  }
  const section = sectionOf(frame());
  if (section?.kind !== 'field') return;
  const next = edit(currentField(section, ui));
  if (next === undefined) return;
  bench.updateUi((before) => ({
    ...before,
    fields: { ...before.fields, [section.id]: next },
  }));
  bench.fieldChanged(section.id);
}

function currentField(section: FieldSection, ui: UiState): FieldState {
  return ui.fields[section.id] ?? section.value;
}

function editOverlay(ui: UiState, edit: (field: FieldState) => FieldState | undefined): UiState {
  const { overlay } = ui;
  if (overlay === undefined) return ui;
  if (overlay.kind === 'dialog') {
    if (overlay.typed === undefined || overlay.focus !== -1) return ui;
    const field = edit(overlay.typed.field);
    if (field === undefined) return ui;
    return { ...ui, overlay: { ...overlay, typed: { ...overlay.typed, field } } };
  }
  const field = edit(overlay.field);
  if (field === undefined) return ui;
  const changed = field.text !== overlay.field.text;
  const place = changed ? { selected: 0, top: 0 } : overlay.place;
  return { ...ui, overlay: { ...overlay, field, place } };
}

function handleMouse({ bench, frame }: InputTarget, event: MouseEvent): void {
  const row = frame().lines[event.row];
  const span = row === undefined ? undefined : spanAt(row, event.column);
  if (event.action !== 'press') {
    const covered = bench.model().ui.overlay !== undefined && span?.area !== 'picker';
    if (span?.area === undefined || covered) return;
    bench.run({ command: 'list.move', args: { movement: event.action, list: span.area } });
    return;
  }
  if (event.button !== 'left' || span?.action === undefined) return;
  const { overlay } = bench.model().ui;
  const ofOverlay = span.action.command === 'dialog.press' || span.area === 'picker';
  if (overlay === undefined || ofOverlay) bench.run(span.action);
}
