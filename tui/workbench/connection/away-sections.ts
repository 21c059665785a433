import type { Standing } from '../../host/standing.ts';
import type { Model } from '../../screens/bench.ts';
import { paragraph } from '../../screens/page-lines.ts';
import { serverTexts, texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Button, Section } from '../../widgets/section.ts';
import { connectionWords } from '../title-bar.ts';

const words = serverTexts.away;

/** Nothing was read yet: connecting, or why it does not work and what to do. */
export function awaySections(model: Model): readonly Section[] {
  const { connection, server } = model.state;
  if (connection.kind !== 'lost') {
    return [{ kind: 'lines', lines: [emptyLine, line(`  ${texts.workbench.loading}`, 'muted')] }];
  }
  const standing = model.ui.data.standing;
  if (server === undefined && standing?.kind === 'ready')
    return standingSections(model, standing.value);
  const { message, hint } = wordFailure(connection.problem);
  const cells = cellsOf(model);
  const rows = [
    ...paragraph(connectionWords(model), cells, 'warning'),
    emptyLine,
    ...paragraph(message, cells, 'strong'),
    ...(hint === undefined ? [] : paragraph(hint, cells)),
    emptyLine,
    ...paragraph(
      server === undefined ? texts.workbench.retryHint : serverTexts.retryHint,
      cells,
      'muted',
    ),
  ];
  return [indented(rows), ...(server === undefined ? [] : [buttons([connectButton()])])];
}

/** On this machine: what there is of Kedge, and how to get it going. */
function standingSections(model: Model, standing: Standing): readonly Section[] {
  const cells = cellsOf(model);
  const head = [
    ...paragraph(standing.kind === 'closed' ? words.closedTitle : words.title, cells, 'strong'),
    emptyLine,
    ...standingLines(standing, cells),
  ];
  const tail = [
    emptyLine,
    ...paragraph(`${connectionWords(model)}. ${texts.workbench.retryHint}`, cells, 'muted'),
  ];
  return [indented(head), buttons(buttonsFor(standing)), indented(tail)];
}

function standingLines(standing: Standing, cells: number): readonly Line[] {
  switch (standing.kind) {
    case 'unit':
      return [
        ...paragraph(words.unit(standing.state), cells),
        ...paragraph(words.unitCure, cells),
        ...commandLine(words.unitCommand),
      ];
    case 'closed':
      return [...paragraph(words.closed, cells), ...commandLine(words.closedCommand)];
    case 'configured':
      return [
        ...paragraph(words.configured(standing.path), cells),
        ...paragraph(words.startHint, cells),
        emptyLine,
      ];
    case 'nothing':
      return [
        ...paragraph(words.nothing, cells),
        ...paragraph(words.nothingHint, cells),
        emptyLine,
      ];
    default:
      return standing satisfies never;
  }
}

function buttonsFor(standing: Standing): readonly Button[] {
  const copy = (text: string): Button => ({
    id: 'away.copy',
    label: words.buttons.copy,
    action: { command: 'copy', args: { text } },
  });
  switch (standing.kind) {
    case 'unit':
      return [copy(words.unitCommand), connectButton()];
    case 'closed':
      return [copy(words.closedCommand), connectButton()];
    case 'configured':
      return [button('away.start', words.buttons.start, 'kedge.start'), connectButton()];
    case 'nothing':
      return [
        button('away.init', words.buttons.init, 'kedge.init'),
        button('away.demo', words.buttons.demo, 'kedge.demo'),
        connectButton(),
      ];
    default:
      return standing satisfies never;
  }
}

function button(id: string, label: string, command: string): Button {
  return { id, label, action: { command } };
}

function connectButton(): Button {
  return button('away.connect', words.buttons.connect, 'connection.choose');
}

function buttons(list: readonly Button[]): Section {
  return { kind: 'buttons', buttons: list };
}

function commandLine(text: string): readonly Line[] {
  return [emptyLine, line(`  ${text}`, 'accent'), emptyLine];
}

function indented(rows: readonly Line[]): Section {
  return { kind: 'lines', lines: [emptyLine, ...rows.map((one): Line => [span('  '), ...one])] };
}

/** Two blanks at either side. */
function cellsOf({ editorColumns }: Model): number {
  return editorColumns - 4;
}
