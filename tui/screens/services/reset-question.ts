import type { Job } from '../../../protocol/domain/job.ts';
import type { ResetAnswer, ResetQuestion } from '../../../protocol/domain/reset.ts';
import { clientWords } from '../../commands/report/reset-plan-lines.ts';
import { resetTexts as words } from '../../texts/texts.ts';
import { formatDuration } from '../../texts/time.ts';
import { emptyLine, type Line, span } from '../../widgets/line.ts';
import type { Button } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { paragraph } from '../page-lines.ts';

const shownClients = 3;

/** What a reset asks about a service that does not stop. */
export function questionLines(
  question: ResetQuestion,
  model: Model,
  cells: number,
): readonly Line[] {
  const { service, pid, askedAtMs, seconds, untilMs, clients = [] } = question;
  const forSeconds = seconds + Math.max(0, model.nowMs - askedAtMs) / 1000;
  const left = Math.max(0, untilMs - model.nowMs) / 1000;
  const more = clients.length - shownClients;
  const texts = [
    words.waitsFor(service, formatDuration(Math.round(forSeconds)), pid),
    ...clients
      .slice(0, shownClients)
      .map((client) => words.client(clientWords(client, model.nowMs))),
    ...(more > 0 ? [words.moreClients(more)] : []),
    words.without(formatDuration(Math.round(left))),
  ];
  const lines = texts.flatMap((text, index) =>
    paragraph(text, cells, index === 0 ? 'warning' : 'plain'),
  );
  return [emptyLine, ...lines.map((one): Line => [span('  '), ...one])];
}

/** The gentlest first: it has the focus. */
export function questionButtons(job: Job, question: ResetQuestion): readonly Button[] {
  return question.answers.map((answer): Button => {
    const args = { job: job.id, question: question.id, service: question.service, answer };
    const { confirmKill } = question;
    return {
      id: `reset.${answer}`,
      label: labelOf(answer, question),
      action: {
        command: 'services.answer-reset',
        args: answer === 'kill' && confirmKill !== undefined ? { ...args, confirmKill } : args,
      },
    };
  });
}

function labelOf(answer: ResetAnswer, { seconds }: ResetQuestion): string {
  switch (answer) {
    case 'wait':
      return words.answers.wait(formatDuration(seconds));
    case 'disconnect':
      return words.answers.disconnect;
    case 'kill':
      return words.answers.kill;
    case 'abort':
      return words.answers.abort;
    default:
      return answer satisfies never;
  }
}
