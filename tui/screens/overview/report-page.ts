import { reportRead } from '../../../protocol/methods/report.ts';
import { reportLines } from '../../commands/report/report-lines.ts';
import type { Keybinding } from '../../keys/keybinding.ts';
import { sanitiseText } from '../../store/sanitise.ts';
import type { Page } from '../../store/ui-state.ts';
import { texts, weekTexts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { emptyLine, type Line, line } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import type { Bench, Model, UiCommand } from '../bench.ts';
import { openPage } from '../navigate.ts';
import { paragraph } from '../page-lines.ts';

const words = weekTexts.page;
const region = 'overview.report';
const days = 7;

type ReportPage = Extract<Page, { kind: 'report' }>;

/** The report of the last days in the place of the Overview, or what `kedge report` answered otherwise. */
export function reportSections(model: Model, page: ReportPage): readonly Section[] {
  return [
    {
      kind: 'page',
      id: region,
      min: 5,
      lines: (width) => [emptyLine, ...linesOf(model, page, width - 2)],
    },
  ];
}

function linesOf({ ui }: Model, page: ReportPage, cells: number): readonly Line[] {
  if (page.lines !== undefined) return page.lines.map((text) => line(` ${text}`));
  const { report } = ui.data;
  if (report === undefined || report.kind === 'loading')
    return [line(` ${texts.workbench.loading}`, 'muted')];
  if (report.kind === 'failed')
    return paragraph(wordFailure(report.failure).message, cells, 'error');
  return reportLines(report.value, cells).map((text) =>
    line(` ${text}`, /^\S/.test(text) ? 'heading' : 'plain'),
  );
}

export const reportCommands: readonly UiCommand[] = [
  {
    id: 'overview.report',
    title: words.command,
    category: texts.workbench.views.overview,
    disabledReason: ({ state }) =>
      state.snapshot?.application === undefined ? words.nothing : undefined,
    run(bench) {
      openPage(bench, 'overview', { kind: 'report' }, region);
      bench.load('report', `${days}`, async () => {
        const answer = await bench.session.call(reportRead, { days });
        return answer.report;
      });
    },
  },
];

export const reportBindings: readonly Keybinding[] = [
  { key: 'esc', command: 'back', when: 'page == report', hint: words.back },
  { key: 'w', command: 'overview.report', hint: words.hint },
];

/** `report.read` of the palette, with other days or as the runbook: as it was worded. */
export function showReport(bench: Bench, lines: readonly string[]): void {
  openPage(bench, 'overview', { kind: 'report', lines: lines.map(sanitiseText) }, region);
}
