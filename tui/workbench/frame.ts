import { type Keybinding, wordKey } from '../keys/keybinding.ts';
import type { Model, Screen } from '../screens/bench.ts';
import type { KeyHelpState, Overlay } from '../store/overlay-state.ts';
import { texts } from '../texts/texts.ts';
import type { Areas } from '../widgets/draw-context.ts';
import { drawSections } from '../widgets/draw-sections.ts';
import { emptyLine, fitLine, type Line, line, lineWidth, span, toned } from '../widgets/line.ts';
import { besides, layOver } from '../widgets/overlay.ts';
import { type Region, regionsOf, type Section } from '../widgets/section.ts';
import { activityColumn, activityLine } from './activity-bar.ts';
import { argumentQuestion } from './argument-items.ts';
import { drawChordList } from './chord-list.ts';
import { awaySections } from './connection/away-sections.ts';
import { staleLines } from './connection/stale-lines.ts';
import { drawDialog } from './draw-dialog.ts';
import { drawPicker, pickerWords } from './draw-picker.ts';
import { drawHelp } from './help/draw-help.ts';
import { hintsFor, refusalOf } from './hints.ts';
import { type Layout, layout } from './layout.ts';
import { panelSections, panelTabLine } from './panel.ts';
import type { PickerItem } from './picker-item.ts';
import type { PlacedBlock } from './placed-block.ts';
import { isWithoutKedge } from './read-only.ts';
import { hintLine, statusBar } from './status-bar.ts';
import { titleBar } from './title-bar.ts';
import { drawTour } from './tour/draw-tour.ts';

/** The whole screen, as lines, and what the input needs to know of it. */
export interface Frame {
  readonly lines: readonly Line[];
  readonly areas: Areas;
  readonly layout: Layout;
  /** What can have the focus in the editor, in the order of Tab. */
  readonly regions: readonly Region[];
  readonly region: Region | undefined;
  /** Of the part that has the focus. */
  readonly sections: readonly Section[];
  /** Of both parts: a click need not go where the focus is. */
  readonly allSections: readonly Section[];
  /** Of the palette or the key help, when one is open. */
  readonly items: readonly PickerItem[];
  /** Keys that may come next, in words, where they are listed. */
  readonly following?: readonly string[];
  /** Where what lies over it stands, in cells. */
  readonly block?: Box;
}

export interface Box {
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
}

export interface FrameSources {
  readonly screens: readonly Screen[];
  readonly bindings: () => readonly Keybinding[];
  readonly titleOf: (binding: Keybinding) => string;
  /** Why a command can't run now; undefined: it can. */
  readonly reasonOf: (command: string) => string | undefined;
  /** What the overlay on top offers. */
  readonly itemsOf: (overlay: Overlay, focus: Pick<Frame, 'region'>) => readonly PickerItem[];
}

/** Pure: the same model gives the same frame. */
export function buildFrame(model: Model, sources: FrameSources): Frame {
  const { columns, rows, ui } = model;
  const place = layout(columns, rows, ui.panel.open);
  const known = model.state.snapshot !== undefined;
  const screen = sources.screens.find(({ id }) => id === ui.view);
  // Before anything was read, an empty list would be a lie.
  const shown = known ? (screen?.sections(model) ?? []) : awaySections(model);
  const editor = shown.map((section) => withReasons(section, sources));
  const panel = known && place.panelRows > 0 ? panelSections(model) : [];
  const inPanel = place.panelRows > 0 && ui.part === 'panel';
  const regions = regionsOf(editor);
  const editorRegion = regions.find(({ id }) => id === ui.focus[ui.view]) ?? firstRegion(regions);
  const region = inPanel ? regionsOf(panel)[0] : editorRegion;
  const sections = inPanel ? panel : editor;
  const allSections = [...editor, ...panel];
  const base = { layout: place, regions, region, sections, allSections, items: [] };
  if (place.kind === 'too-small') return { ...base, ...tooSmall(columns, rows) };
  const parts = drawParts(model, sources, base, editor, panel);
  return withOverlay(model, sources, withTour(model, { ...base, ...parts }));
}

function tooSmall(columns: number, rows: number): Pick<Frame, 'lines' | 'areas'> {
  const words = line(texts.workbench.tooSmall(columns, rows));
  const lines = Array.from({ length: rows }, (_, row) => (row === 0 ? words : emptyLine));
  return { lines: lines.map((one) => fitLine(one, columns, '')), areas: {} };
}

/** A button says itself why it leads nowhere. */
function withReasons(section: Section, { reasonOf }: FrameSources): Section {
  if (section.kind !== 'buttons') return section;
  const buttons = section.buttons.map((button) => {
    const { command } = button.action;
    // What is offered to somebody without a Kedge was chosen for this very window.
    const reason = isWithoutKedge(command) ? undefined : reasonOf(command);
    return { ...button, disabled: button.disabled ?? reason };
  });
  return { ...section, buttons };
}

/** A list is what one wants to move in; forms are entered on purpose. */
function firstRegion(regions: readonly Region[]): Region | undefined {
  return regions.find(({ kind }) => kind === 'list') ?? regions[0];
}

function drawParts(
  model: Model,
  sources: FrameSources,
  base: Pick<Frame, 'layout' | 'region' | 'sections'>,
  editorSections: readonly Section[],
  panelParts: readonly Section[],
): Pick<Frame, 'lines' | 'areas'> {
  const { columns, ui, glyphs } = model;
  const { layout: place } = base;
  const width = columns - place.sideColumns;
  // What lies under a dialog or the palette has no caret and no bright selection.
  const focus = ui.overlay === undefined ? base.region?.id : undefined;
  const context = { glyphs, places: ui.places, width, focus };
  const editor = drawSections([...editorHead(model), ...editorSections], place.editorRows, context);
  const panel = drawSections(panelParts, Math.max(0, place.panelRows - 1), context);
  const tabs = place.panelRows === 0 ? [] : [panelTabLine(model, width)];
  const stale = model.state.connection.kind !== 'open' && model.state.snapshot !== undefined;
  const right = [...editor.lines, ...tabs, ...panel.lines].map((one) =>
    stale ? toned(one, 'stale') : one,
  );
  const body =
    place.sideColumns === 0
      ? right
      : besides(
          activityColumn(model, sources.screens, place.sideColumns, right.length),
          right,
          place.sideColumns,
          glyphs.ellipsis,
        );
  const hints = hintsFor(model, sources, base);
  const lines = [
    titleBar(model, texts.workbench.views[ui.view]),
    ...(place.tabRows === 0 ? [] : [activityLine(model, sources.screens)]),
    ...body,
    hintLine(model, hints, refusalOf(base)),
    statusBar(model),
  ];
  return {
    lines: lines.map((one) => fitLine(one, columns, glyphs.ellipsis)),
    areas: { ...editor.areas, ...panel.areas },
  };
}

/** Above every screen: that what is shown is old, or that nothing was read yet. */
function editorHead(model: Model): readonly Section[] {
  const { connection, snapshot } = model.state;
  if (snapshot === undefined) return [];
  if (connection.kind === 'open') return introOf(model);
  return [{ kind: 'lines', lines: staleLines(model, model.editorColumns - 2) }];
}

/** What the screen is for, where a line can be spared. */
function introOf(model: Model): readonly Section[] {
  const { ui, rows, columns } = model;
  if (rows < 28 || columns < 100 || ui.pages[ui.view] !== undefined) return [];
  const title = span(` ${texts.workbench.views[ui.view]}`, 'heading');
  return [
    {
      kind: 'lines',
      lines: [[title, span(`  ${texts.workbench.intro[ui.view]}`, 'muted')], emptyLine],
    },
  ];
}

function withTour(model: Model, frame: Frame): Frame {
  const card = drawTour(model);
  return card === undefined ? frame : { ...frame, lines: covered(model, frame, card) };
}

function withOverlay(model: Model, sources: FrameSources, frame: Frame): Frame {
  const { overlay } = model.ui;
  if (overlay === undefined) return withChordList(model, sources, frame);
  if (overlay.kind === 'dialog') {
    const block = drawDialog(model, overlay);
    const areas = { ...frame.areas, ...block.areas };
    return { ...frame, areas, lines: covered(model, frame, block) };
  }
  if (overlay.kind === 'help') {
    const block = drawHelp(model, overlay);
    const areas = { ...frame.areas, ...block.areas };
    return { ...frame, areas, block: boxOf(block), lines: covered(model, frame, block) };
  }
  const items = sources.itemsOf(overlay, frame);
  const words =
    overlay.kind === 'keys' ? keyWords(overlay) : pickerWords(overlay, argumentQuestion(overlay));
  const block = drawPicker(model, overlay, words, items);
  return {
    ...frame,
    items,
    block: boxOf(block),
    lines: covered(model, frame, block),
    areas: { ...frame.areas, ...block.areas },
  };
}

function boxOf({ lines, column, row }: PlacedBlock): Box {
  return { column, row, columns: Math.max(0, ...lines.map(lineWidth)), rows: lines.length };
}

function withChordList(model: Model, sources: FrameSources, frame: Frame): Frame {
  if (model.ui.chordListed !== true) return frame;
  const block = drawChordList(model, sources.bindings(), frame, sources.titleOf);
  if (block === undefined) return frame;
  return { ...frame, following: block.following, lines: covered(model, frame, block) };
}

function keyWords({ asking, asked }: KeyHelpState) {
  const words = texts.workbench.keyHelp;
  if (asking === true) {
    return { title: words.askTitle, placeholder: words.asking, empty: '' };
  }
  if (asked === undefined) {
    return { title: words.title, placeholder: words.placeholder, empty: words.empty };
  }
  return {
    title: words.askedTitle(wordKey(asked)),
    placeholder: words.askAgain,
    empty: words.nothing,
  };
}

/** Beside a block that leaves no more of the window nothing is shown. */
const narrowMargin = 3;

function covered(model: Model, frame: Frame, block: PlacedBlock): readonly Line[] {
  // Half a word or a mark of a row that is covered would look like a part of the block.
  const margin = block.column > narrowMargin ? 1 : block.column;
  const room = model.columns - block.column - Math.max(0, ...block.lines.map(lineWidth));
  const right = span(' '.repeat(Math.max(0, room > narrowMargin ? 1 : room)));
  const left = span(' '.repeat(margin));
  const apart = block.lines.map((one): Line => [left, ...one, right]);
  const lines = layOver(frame.lines, apart, block.column - margin, block.row);
  return lines.map((one) => fitLine(one, model.columns, model.glyphs.ellipsis));
}
