import type { DoctorFinding, DoctorTone } from '../../../protocol/domain/doctor.ts';
import { doctorTexts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Tone } from '../../theme/theme.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import { table } from '../../widgets/table.ts';
import type { Model } from '../bench.ts';
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
  return [
    title(doctorTexts.summary(count('bad'), count('advice'), findings.length)),
    list(model, findings),
    { kind: 'lines', lines: aboutSelected(model, findings, cells) },
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

function list(model: Model, findings: readonly DoctorFinding[]): Section {
  const rows = table(
    [
      { title: words.columns.tone, width: 6 },
      { title: words.columns.area, width: 13, drop: 1 },
      { title: words.columns.finding, width: 'rest', min: 40 },
    ],
    model.glyphs.ellipsis,
  );
  return {
    kind: 'list',
    id: findingList,
    header: rows.header,
    count: findings.length,
    min: 4,
    keyOf: (index) => `${findings[index]?.area} ${findings[index]?.thing}`,
    row: (index, width) => {
      const finding = findings[index];
      if (finding === undefined) return [];
      const { tone, area, thing, text } = finding;
      const said = span(`${thing}: ${text}`);
      return rows.row(
        [span(doctorTexts.tones[tone], tones[tone]), doctorTexts.areas[area], said],
        width,
      );
    },
    empty: [words.looking],
    open: (index) => ({ command: 'settings.copy-cure', args: { index } }),
  };
}

/** As many lines whatever is selected, so that the list stands still. A rule to be pasted is cut; all of it is copied. */
const [linesLow, linesHigh] = [6, 9];
const highRows = 32;

function aboutSelected(
  { ui, rows }: Model,
  findings: readonly DoctorFinding[],
  cells: number,
): readonly Line[] {
  const finding = findings[ui.places[findingList]?.selected ?? 0] ?? findings[0];
  if (finding === undefined) return [];
  const { thing, text, why, cure, command } = finding;
  const cureLines = (cure ?? '').split('\n').flatMap((part) => paragraph(part, cells));
  const lines = [
    emptyLine,
    ...paragraph(`${thing}: ${text}`, cells, 'strong'),
    ...(why === undefined ? [] : paragraph(why, cells, 'muted')),
    ...(cure === undefined ? [] : cureLines),
    ...(command === undefined ? [] : [line(`$ ${command}`, 'accent')]),
  ];
  const height = rows < highRows ? linesLow : linesHigh;
  return Array.from({ length: height }, (_, at) => indented(lines[at] ?? emptyLine));
}

function indented(one: Line): Line {
  return [span(' '), ...one];
}
