import type { Job } from '../../../protocol/domain/job.ts';
import type { ResetReport } from '../../../protocol/domain/service.ts';
import { formats } from '../../texts/formats.ts';
import { resetTexts as words } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { emptyLine, type Line, span } from '../../widgets/line.ts';
import { paragraph } from '../page-lines.ts';

/** What came of a reset, in plain words; nothing while it is at work. */
export function outcomeLines(job: Job | undefined, cells: number): readonly Line[] {
  if (job?.state.kind === 'failed') {
    const { message, hint } = wordFailure(job.state.failure);
    const text = hint === undefined ? message : `${message}. ${hint}`;
    return indented([...paragraph(words.failed, cells, 'error'), ...paragraph(text, cells)]);
  }
  if (job?.state.kind === 'cancelled')
    return indented(paragraph(words.cancelled, cells, 'warning'));
  if (job?.state.kind !== 'done' || job.state.result.kind !== 'reset') return [];
  const { reset } = job.state.result;
  const tone = reset.outcome === 'done' ? 'ok' : 'error';
  return indented([
    ...paragraph(words.outcomes[reset.outcome], cells, tone),
    ...explain(reset).flatMap((text) => paragraph(text, cells)),
  ]);
}

function explain({ steps, notes = [], retried, interruptedAt }: ResetReport): readonly string[] {
  const starts = steps.filter(({ action }) => action === 'start');
  const names = (state: string): string =>
    starts
      .filter((step) => step.state === state)
      .map(({ service }) => service)
      .join(formats().comma);
  const failed = steps.filter(({ state }) => state === 'failed');
  return [
    ...(interruptedAt === undefined ? [] : [words.interrupted(interruptedAt)]),
    ...failed.map(({ action, service, detail }) => words.stepFailed(action, service, detail)),
    ...(failed.length > 0 && names('done') !== '' ? [words.up(names('done'))] : []),
    ...(names('skipped') === '' ? [] : [words.notStarted(names('skipped'))]),
    ...notes,
    ...(retried.length === 0 ? [] : [words.retried(retried.join(formats().comma))]),
  ];
}

function indented(lines: readonly Line[]): readonly Line[] {
  return [emptyLine, ...lines.map((one): Line => [span('  '), ...one])];
}
