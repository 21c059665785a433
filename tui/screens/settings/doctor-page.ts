import type { DoctorFinding, DoctorTone } from '../../../protocol/domain/doctor.ts';
import { doctorTexts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Tone } from '../../theme/theme.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { selectedIn } from '../chosen-rows.ts';
import { paragraph } from '../page-lines.ts';

const words = doctorTexts.page;
export const findingList = 'settings.findings';

/** All that was looked at, the worst first; below it why the selected one matters, and its cure. */
export function doctorPage(model: Model): readonly Section[] {
  const read = model.ui.data.doctor;
  const cells = model.editorColumns - 2;
  if (read === undefined || read.kind === 'loading')
    return [title(words.looking), { kind: 'lines', lines: [] }];
  if (read.kind === 'failed') {
    const said = paragraph(wordFailure(read.failure).message, cells, 'error');
    return [title(words.title), { kind: 'lines', lines: said.map(indented) }];
  }
  const findings = worstFirst(read.value);
  const count = (tone: DoctorTone): number => findings.filter((one) => one.tone === tone).length;
  const rows = list(model, findings);
  return [
    title(doctorTexts.summary(count('bad'), count('advice'), findings.length)),
    rows,
    { kind: 'lines', lines: aboutSelected(selectedIn(model, rows), model, cells) },
  ];
}

/** In the order in which they are shown. */
export function worstFirst(findings: readonly DoctorFinding[]): readonly DoctorFinding[] {
  const order: readonly DoctorTone[] = ['bad', 'advice', 'ok'];
  return findings.toSorted((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone));
}

function title(text: string): Section {
  return { kind: 'lines', lines: [line(` ${text}`, 'heading')] };
}

const tones: Readonly<Record<DoctorTone, Tone>> = { ok: 'ok', advice: 'warning', bad: 'error' };

function list(model: Model, findings: readonly DoctorFinding[]): BuiltList<DoctorFinding> {
  const { columns } = words;
  return buildList(model, {
    id: findingList,
    rows: findings,
    columns: [
      {
        id: 'tone',
        title: columns.tone,
        width: 6,
        cell: ({ tone }) => span(doctorTexts.tones[tone], tones[tone]),
      },
      {
        id: 'area',
        title: columns.area,
        width: 13,
        drop: 1,
        cell: ({ area }) => doctorTexts.areas[area],
      },
      {
        id: 'finding',
        title: columns.finding,
        width: 'rest',
        min: 40,
        cell: ({ thing, text }) => `${thing}: ${text}`,
      },
    ],
    min: 4,
    keyOf: ({ area, thing }) => `${area} ${thing}`,
    empty: [words.looking],
    open: (finding) => ({
      command: 'settings.copy-cure',
      args: { index: findings.indexOf(finding) },
    }),
    copies: ({ cure, command }) => [
      ...(command === undefined ? [] : [{ title: words.copy, text: command }]),
      ...(cure === undefined ? [] : [{ title: words.cureText, text: cure }]),
    ],
  });
}

/** As many lines whatever is selected, so that the list stands still. A rule to be pasted is cut; all of it is copied. */
const [linesLow, linesHigh] = [6, 9];
const highRows = 32;

function aboutSelected(
  finding: DoctorFinding | undefined,
  { rows }: Model,
  cells: number,
): readonly Line[] {
  if (finding === undefined) return [];
  const { thing, text, why, cure, command } = finding;
  const what = paragraph(`${thing}: ${text}`, cells, 'strong');
  const reason = why === undefined ? [] : paragraph(why, cells, 'muted');
  const help = [
    ...(cure === undefined ? [] : cure.split('\n').flatMap((part) => paragraph(part, cells))),
    ...(command === undefined ? [] : [line(`$ ${command}`, 'accent')]),
  ];
  const height = rows < highRows ? linesLow : linesHigh;
  // In a low window the cure stays, as the list says what is wrong.
  const lines = [
    [emptyLine, ...what, ...reason, ...help],
    [...what, ...reason, ...help],
    [...what, ...help],
    help,
  ].find(({ length }) => length <= height);
  return Array.from({ length: height }, (_, at) => indented((lines ?? help)[at] ?? emptyLine));
}

function indented(one: Line): Line {
  return [span(' '), ...one];
}
