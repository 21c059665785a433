import type { Model } from '../screens/bench.ts';
import type { DialogState } from '../store/overlay-state.ts';
import { texts } from '../texts/texts.ts';
import type { Areas } from '../widgets/draw-context.ts';
import { drawInput, inRows } from '../widgets/draw-field.ts';
import { drawPage } from '../widgets/draw-page.ts';
import { framedBox } from '../widgets/framed-box.ts';
import { emptyLine, type Line, line, span } from '../widgets/line.ts';
import { wordWrap } from '../widgets/word-wrap.ts';
import type { PlacedBlock } from './placed-block.ts';

const widest = 76;

/** The text of a question that is longer than the window. */
export const dialogText = 'dialog.text';

/** A question in the middle. What does nothing comes first and has the focus; a long text is scrolled. */
export function drawDialog(
  model: Model,
  dialog: DialogState,
): PlacedBlock & { readonly areas: Areas } {
  const width = Math.min(widest, model.columns - 2);
  const inner = width - 4;
  const wrapped = (cells: number): readonly Line[] =>
    dialog.body.flatMap((paragraph) => wordWrap(paragraph, cells)).map((row) => line(row));
  const text = wrapped(inner);
  const room = model.rows - 4 - footLines(model, dialog, inner, false).length;
  const foot = footLines(model, dialog, inner, text.length > room);
  const shown =
    text.length > room
      ? drawPage({ kind: 'page', id: dialogText, min: 1, lines: wrapped }, Math.max(1, room), {
          width: inner,
          glyphs: model.glyphs,
          focus: dialogText,
          places: model.ui.places,
        })
      : { lines: text, areas: {} };
  const tone = dialog.tone === 'plain' ? 'border' : dialog.tone;
  const lines = framedBox(dialog.title, [...shown.lines, ...foot], width, model.glyphs, tone);
  return {
    lines,
    column: Math.floor((model.columns - width) / 2),
    row: Math.max(0, Math.floor((model.rows - lines.length) / 2)),
    areas: shown.areas,
  };
}

function footLines(
  model: Model,
  dialog: DialogState,
  inner: number,
  scrolls: boolean,
): readonly Line[] {
  return [
    emptyLine,
    ...typedLines(model, dialog, inner),
    ...inRows(
      dialog.buttons.map((button, index): Line => {
        const focused = dialog.focus === index;
        const label = `${focused ? '>' : ' '}[ ${button.label} ]`;
        const action = { command: 'dialog.press', args: { button: index } };
        return [span(label, focused ? 'selected' : 'strong', action), span(' ')];
      }),
      inner,
    ),
    ...(model.rows < 18 ? [] : [emptyLine, line(keyWords(dialog, scrolls), 'muted')]),
  ];
}

/** Where there is nothing to choose, Enter and Esc do the same. */
function keyWords({ buttons, typed }: DialogState, scrolls: boolean): string {
  const { keys, closes, scroll } = texts.workbench.dialog;
  const said = buttons.length === 1 && typed === undefined ? closes : keys;
  return scrolls ? `${said}   ${scroll}` : said;
}

function typedLines({ glyphs }: Model, dialog: DialogState, inner: number): readonly Line[] {
  if (dialog.typed === undefined) return [];
  const { expected, field } = dialog.typed;
  const wrong = field.text !== '' && !expected.startsWith(field.text);
  return [
    // Of a long name the end has to be seen, too.
    ...wordWrap(texts.workbench.dialog.type(expected), inner).map((row) => line(row, 'strong')),
    [
      span(dialog.focus === -1 ? '> ' : '  '),
      ...drawInput(field, Math.min(inner - 4, 60), dialog.focus === -1, glyphs.ellipsis),
    ],
    wrong ? line(`  ${texts.workbench.dialog.wrong(expected)}`, 'warning') : emptyLine,
  ];
}
