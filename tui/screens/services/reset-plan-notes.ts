import { clientWords } from '../../commands/report/reset-plan-lines.ts';
import type { ResetPlan } from '../../store/ui-state.ts';
import { formats } from '../../texts/formats.ts';
import { resetTexts as words } from '../../texts/texts.ts';
import { formatDuration } from '../../texts/time.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Tone } from '../../theme/theme.ts';
import { type Line, span } from '../../widgets/line.ts';
import type { Model } from '../bench.ts';
import { paragraph } from '../page-lines.ts';

const shownClients = 5;

/** What one should know before a reset: what keeps it from working, who loses a connection, how long it takes. */
export function planNotes(plan: ResetPlan, model: Model, cells: number): readonly Line[] {
  const { problems = [], triggers = [], clients = [], estimatedMs, kedgeLast, retry } = plan;
  const say = (text: string, tone: Tone = 'plain'): readonly Line[] =>
    paragraph(text, cells, tone).map((one): Line => [span('  '), ...one]);
  return [
    ...problems.flatMap(({ weight, failure }) => {
      const { message, hint } = wordFailure(failure);
      const text = weight === 'refuses' ? words.refuses(message) : words.warns(message);
      const tone = weight === 'refuses' ? 'error' : 'warning';
      return [...say(text, tone), ...(hint === undefined ? [] : say(`  ${hint}`, 'muted'))];
    }),
    ...clients
      .slice(0, shownClients)
      .flatMap((client) => say(words.cutOff(client.service, clientWords(client, model.nowMs)))),
    ...(clients.length > shownClients ? say(words.moreClients(clients.length - shownClients)) : []),
    ...(triggers.length === 0
      ? []
      : say(words.triggers(triggers.map(({ unit }) => unit).join(formats().comma)))),
    ...(estimatedMs === undefined ? [] : say(words.takes(formatDuration(estimatedMs / 1000)))),
    ...(kedgeLast === true ? say(words.kedgeLast) : []),
    ...(retry === undefined ? [] : say(words.failedBefore(retry.title, retry.job))),
  ];
}
