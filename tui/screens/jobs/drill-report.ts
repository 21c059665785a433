import type { Job } from '../../../protocol/domain/job.ts';
import { applicationWords, drillSourceWords } from '../../commands/report/drill-lines.ts';
import { drillTexts } from '../../texts/texts.ts';
import { emptyLine, type Line, span } from '../../widgets/line.ts';
import type { Model } from '../bench.ts';
import { bullet, labelled } from '../page-lines.ts';

/** What a drill found: source by source, the application, and what stands against it. */
export function drillReport({ state }: Job, { editorColumns }: Model): readonly Line[] {
  if (state.kind !== 'done' || state.result.kind !== 'drill') return [];
  const { drill } = state.result;
  const cells = editorColumns - 4;
  const rows = [
    ...drill.problems.flatMap((problem) => bullet('!', problem, cells, 'error')),
    ...drill.sources.flatMap((source) => [
      ...labelled(source.source, drillSourceWords(source), cells),
      ...source.notes.flatMap((note) => labelled('', note, cells, 'muted')),
    ]),
    ...labelled(drillTexts.application, applicationWords(drill), cells),
  ];
  return [...rows.map((one): Line => [span('  '), ...one]), emptyLine];
}
