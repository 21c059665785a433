import * as z from 'zod';
import type { InputEvent, MouseEvent } from '../input/event.ts';
import { wordKey } from '../keys/keybinding.ts';
import { latinKey } from '../keys/persian-layout.ts';
import type { Resolution, Resolver } from '../keys/resolver.ts';
import type { Bench } from '../screens/bench.ts';
import type { Action } from '../store/action.ts';
import type { KeyHelpState } from '../store/overlay-state.ts';
import type { FieldState, UiState } from '../store/ui-state.ts';
import { isPersian } from '../texts/direction.ts';
import { texts } from '../texts/texts.ts';
import { type Span, spanAt } from '../widgets/line.ts';
import type { FieldSection } from '../widgets/section.ts';
import { editText, insertText, textState } from '../widgets/text-edit.ts';
import { sectionOf } from './commands/focus-commands.ts';
import { contextOf } from './context.ts';
import { dialogText } from './draw-dialog.ts';
import { pickerList } from './draw-picker.ts';
import { withoutChord } from './forget-chords.ts';
import type { Frame } from './frame.ts';
import { helpPage } from './help/draw-help.ts';
import { rowApart } from './row-apart.ts';
import { leaveTour } from './tour/tour-commands.ts';

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
  const { bench } = target;
  const { chord, overlay } = bench.model().ui;
  const meant = isPersian() ? latinKey(key) : key;
  if (overlay?.kind === 'keys' && asksKey(overlay, meant)) {
    bench.run({
      command: 'help.ask-key',
      args: overlay.asking === true ? { key: meant } : {},
    });
    return;
  }
  const resolution = resolveKey(target, key, meant, chord);
  bench.updateUi(withoutChord);
  switch (resolution.kind) {
    case 'action':
      leaveTourFor(bench, resolution.action);
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

/** A key with a sign of another layout is that sign where it is bound or typed, and else the key at its place. */
function resolveKey(
  { bench, resolver, frame }: InputTarget,
  key: string,
  meant: string,
  chord: string | undefined,
): Resolution {
  const context = contextOf(bench.model(), frame());
  const resolution = resolver.resolve(key, context, chord);
  const isFree = resolution.kind === 'none' || resolution.kind === 'unknown-chord';
  return isFree && meant !== key ? resolver.resolve(meant, context, chord) : resolution;
}

/** In the help of keys "?" asks for a key, and while it asks each key is the answer. */
function asksKey({ asking, field }: KeyHelpState, key: string): boolean {
  return asking === true || (key === '?' && field.text === '');
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
  if (section?.kind === 'list') editFilter(bench, section.id, edit);
  if (section?.kind !== 'field') return;
  const next = edit(currentField(section, ui));
  if (next === undefined) return;
  bench.updateUi((before) => ({
    ...before,
    fields: { ...before.fields, [section.id]: next },
  }));
  bench.fieldChanged(section.id);
}

function editFilter(
  bench: Bench,
  list: string,
  edit: (field: FieldState) => FieldState | undefined,
): void {
  const { filtering, lists } = bench.model().ui;
  const filter = edit(lists[list]?.filter ?? textState(''));
  if (filtering !== list || filter === undefined) return;
  bench.updateUi((ui) => ({
    ...ui,
    lists: { ...ui.lists, [list]: { ...ui.lists[list], filter } },
  }));
  bench.fieldChanged(list);
}

function currentField(section: FieldSection, ui: UiState): FieldState {
  return ui.fields[section.id] ?? section.value;
}

function editOverlay(ui: UiState, edit: (field: FieldState) => FieldState | undefined): UiState {
  const { overlay } = ui;
  if (overlay === undefined || overlay.kind === 'help') return ui;
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
    const inOverlay = span?.area !== undefined && areasOfOverlays.has(span.area);
    const covered = bench.model().ui.overlay !== undefined && !inOverlay;
    if (span?.area === undefined || covered) return;
    bench.run({ command: 'list.move', args: { movement: event.action, list: span.area } });
    return;
  }
  const closed = closesOverlay(bench, frame(), event);
  if (event.button === 'right') {
    openMenu(bench, frame, spanAt(frame().lines[event.row] ?? [], event.column)?.action, event);
    return;
  }
  if (closed || event.button !== 'left' || span?.action === undefined) return;
  const { overlay } = bench.model().ui;
  if (overlay !== undefined && !isOfOverlay(span)) return;
  leaveTourFor(bench, span.action);
  bench.run(span.action);
}

/** A click beside a menu closes it, and does nothing else; a question waits for its answer. */
function closesOverlay(bench: Bench, { block }: Frame, { column, row }: MouseEvent): boolean {
  const { overlay } = bench.model().ui;
  if (overlay === undefined || overlay.kind === 'dialog' || block === undefined) return false;
  const isInside =
    row >= block.row &&
    row < block.row + block.rows &&
    column >= block.column &&
    column < block.column + block.columns;
  if (!isInside) bench.run({ command: 'overlay.close' });
  return !isInside;
}

const areasOfOverlays: ReadonlySet<string> = new Set([pickerList, helpPage, dialogText]);
const ofOverlays: ReadonlySet<string> = new Set(['dialog.press', 'overlay.close']);

function isOfOverlay({ area, action }: Span): boolean {
  return area === pickerList || (action !== undefined && ofOverlays.has(action.command));
}

/** Whoever does something else has seen enough of it. */
function leaveTourFor(bench: Bench, { command }: Action): void {
  if (bench.model().ui.tour !== undefined && !command.startsWith('tour.')) leaveTour(bench);
}

/** A right click on a row means that row: alone, unless it is one of the marked ones. */
function openMenu(
  bench: Bench,
  frame: () => Frame,
  clicked: Action | undefined,
  { column, row }: MouseEvent,
): void {
  if (bench.model().ui.overlay !== undefined) return;
  const at = { column, row };
  const place = rowOf(clicked);
  if (place === undefined) {
    bench.run({ command: 'menu.open', args: { at } });
    return;
  }
  bench.run({ command: 'list.select', args: place });
  const list = frame().allSections.find(
    (section) => section.kind === 'list' && section.id === place.list,
  );
  const only = list?.kind === 'list' ? rowApart(list, place.index) : undefined;
  bench.run({ command: 'menu.open', args: { at, ...(only === undefined ? {} : { only }) } });
}

const Row = z.object({ list: z.string(), index: z.int() });

/** The row under a click, on its text or on its mark. */
function rowOf(clicked: Action | undefined): z.infer<typeof Row> | undefined {
  if (clicked?.command !== 'list.click' && clicked?.command !== 'list.mark') return undefined;
  return Row.safeParse(clicked.args).data;
}
