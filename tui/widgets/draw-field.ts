import type { FieldState } from '../store/ui-state.ts';
import { cellWidth, cutCells, fitText } from './cells.ts';
import type { DrawContext } from './draw-context.ts';
import { clickable, fitLine, type Line, lineWidth, span } from './line.ts';
import type { Button, ChoiceSection, FieldSection } from './section.ts';

const labelCells = 14;
const smallestField = 10;

/** A labelled text field on one line, with its note behind it when there is room. */
export function drawField(field: FieldSection, context: DrawContext): Line {
  const focused = context.focus === field.id;
  const input = drawInput(
    field.value,
    field.cells ?? fieldCells(field.note, context.width),
    focused,
    context.glyphs.ellipsis,
    field.placeholder,
  );
  return labelled(
    field.id,
    field.label,
    focused,
    [...input, ...(field.note === undefined ? [] : [span('  '), ...field.note])],
    context,
  );
}

/** The text of a field in exactly `width` cells, scrolled so that the caret is visible. */
export function drawInput(
  value: FieldState,
  width: number,
  focused: boolean,
  ellipsis: string,
  placeholder = '',
): Line {
  if (!focused) {
    const shown = value.text === '' ? placeholder : value.text;
    return [span(fitText(shown, width, ellipsis), value.text === '' ? 'muted' : 'input')];
  }
  const before = value.text.slice(0, value.caret);
  const start = Math.max(0, cellWidth(before) - width + 1);
  const left = cutCells(before, start, width - 1);
  const under = Array.from(value.text.slice(value.caret))[0] ?? ' ';
  const after = value.text.slice(value.caret + under.length);
  const rest = Math.max(0, width - cellWidth(left) - cellWidth(under));
  const ghost = value.text === '' ? placeholder.slice(1) : cutCells(after, 0, rest);
  const caret = value.text === '' && placeholder !== '' ? placeholder.slice(0, 1) : under;
  return [
    span(left, 'input'),
    { text: caret, tone: 'caret', joins: true },
    {
      text: fitText(ghost, rest, ''),
      tone: value.text === '' ? 'muted' : 'input',
      joins: true,
    },
  ];
}

/** A choice on one line: `< value >`, changed with the arrows. */
export function drawChoice(choice: ChoiceSection, context: DrawContext): Line {
  const focused = context.focus === choice.id;
  const chosen = choice.options.find((option) => option.value === choice.value);
  const shown = `< ${chosen?.label ?? choice.value} >`;
  return labelled(
    choice.id,
    choice.label,
    focused,
    [
      span(shown, focused ? 'selected' : 'plain', {
        command: 'choice.next',
        args: { field: choice.id },
      }),
      ...(choice.note === undefined ? [] : [span('  '), ...choice.note]),
    ],
    context,
  );
}

/** Buttons one behind the other, in as many rows as they need; a disabled one says why. */
export function drawButtons(buttons: readonly Button[], context: DrawContext): readonly Line[] {
  return inRows(piecesOf(buttons, context.focus), context.width);
}

/** Rows that `buttons` take; what has the focus takes no more room. */
export function buttonRows(buttons: readonly Button[], width: number): number {
  return inRows(piecesOf(buttons, undefined), width).length;
}

/** A reason that several buttons in a row have stands behind the last of them. */
function piecesOf(buttons: readonly Button[], focus: string | undefined): readonly Line[] {
  return buttons.map((button, at) =>
    drawButton(button, focus === button.id, buttons[at + 1]?.disabled !== button.disabled),
  );
}

function drawButton(button: Button, focused: boolean, tells: boolean): Line {
  const label = `[ ${button.label} ]`;
  const marked = span(focused ? `>${label}` : ` ${label}`, toneOf(button, focused), button.action);
  const told = tells && button.disabled !== undefined;
  const reason = told ? [span(` ${button.disabled}`, 'muted')] : [];
  return [span(' '), marked, ...reason];
}

/** Pieces on rows of at most `width` cells; a piece is never parted. */
export function inRows(pieces: readonly Line[], width: number): readonly Line[] {
  const rows: Line[] = [];
  let row: Line = [];
  for (const piece of pieces) {
    if (row.length > 0 && lineWidth(row) + lineWidth(piece) > width) {
      rows.push(row);
      row = [];
    }
    row = [...row, ...piece];
  }
  return [...rows, row];
}

function toneOf(button: Button, focused: boolean): 'selected' | 'muted' | 'strong' {
  if (focused) return 'selected';
  return button.disabled === undefined ? 'strong' : 'muted';
}

function fieldCells(note: Line | undefined, width: number): number {
  const room = width - labelCells - 3;
  const forNote = note === undefined ? 0 : Math.min(40, Math.floor(room / 2));
  return Math.max(smallestField, Math.min(60, room - forNote));
}

function labelled(
  id: string,
  label: string,
  focused: boolean,
  value: Line,
  context: DrawContext,
): Line {
  const { glyphs, width } = context;
  const row = [
    span(focused ? '> ' : '  '),
    span(fitText(label, labelCells, glyphs.ellipsis), focused ? 'strong' : 'plain'),
    ...value,
  ];
  return clickable(fitLine(row, width, glyphs.ellipsis), {
    command: 'focus.region',
    args: { region: id },
  });
}
