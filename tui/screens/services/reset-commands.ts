import * as z from 'zod';
import { ResetAnswer } from '../../../protocol/domain/reset.ts';
import type { Snapshot } from '../../../protocol/domain/snapshot.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { serviceAnswerReset, serviceResetPlan } from '../../../protocol/methods/service.ts';
import { resetTexts, texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { textState } from '../../widgets/text-edit.ts';
import type { Bench, UiCommand } from '../bench.ts';
import { openPage } from '../navigate.ts';

const words = texts.services;
const category = texts.workbench.views.services;
const PlanArgs = z.object({
  services: z.array(z.string()).optional(),
  sick: z.boolean().optional(),
});
const AnswerArgs = z.object({
  job: z.int(),
  question: z.int(),
  service: z.string(),
  answer: ResetAnswer,
  /** To be typed before a kill. */
  confirmKill: z.string().optional(),
  /** It was. */
  confirm: z.string().optional(),
  agreed: z.boolean().optional(),
});
type AnswerArgs = z.infer<typeof AnswerArgs>;

export const resetCommands: readonly UiCommand[] = [
  {
    id: 'services.reset-plan',
    title: words.commands.resetPlan,
    category,
    disabledReason: ({ state }) =>
      state.snapshot === undefined || state.snapshot.services.length === 0
        ? words.noneShort
        : undefined,
    run(bench, args) {
      const { services, sick } = PlanArgs.parse(args);
      const choice = {
        ...(services === undefined ? {} : { services }),
        ...(sick === undefined ? {} : { sick }),
      };
      openPage(bench, 'services', { kind: 'reset', ...choice }, 'reset.back');
      bench.load('resetPlan', `${Date.now()}`, () => bench.session.call(serviceResetPlan, choice));
    },
  },
  {
    id: 'services.answer-reset',
    title: words.commands.resetPlan,
    category,
    internal: true,
    async run(bench, raw) {
      const args = AnswerArgs.parse(raw);
      if (args.answer === 'kill' && args.agreed !== true && args.confirm === undefined) {
        askKill(bench, args);
        return;
      }
      const { job, question, answer, confirm } = args;
      const typed = confirm === undefined ? {} : { typed: confirm };
      try {
        await bench.session.call(serviceAnswerReset, { job, question, answer, ...typed });
      } catch (error) {
        bench.notify('error', wordFailure(failureOf(error)).message);
      }
    },
  },
];

/** A question that comes up takes the focus, on the answer that changes nothing; when it goes, so does that. */
export function followQuestion(bench: Bench, before: Snapshot): void {
  const { ui, state } = bench.model();
  const page = ui.pages.services;
  if (page?.kind !== 'reset' || page.job === undefined) return;
  const questionIn = (snapshot: Snapshot | undefined) =>
    snapshot?.jobs.find(({ id }) => id === page.job)?.resetQuestion;
  const now = questionIn(state.snapshot);
  if (now?.id === questionIn(before)?.id) return;
  const region = now === undefined ? 'reset.back' : `reset.${now.answers[0]}`;
  bench.updateUi((was) => ({ ...was, focus: { ...was.focus, services: region } }));
}

function askKill(bench: Bench, args: AnswerArgs): void {
  const { service, confirmKill } = args;
  const database = confirmKill === undefined ? [] : [resetTexts.killDatabase];
  const agreed = { ...args, agreed: true };
  bench.ask({
    title: resetTexts.killTitle(service),
    body: [...resetTexts.killBody(service), ...database],
    tone: 'error',
    buttons: [
      { label: texts.workbench.quit.cancel },
      {
        label: resetTexts.answers.kill.replace('...', ''),
        action: { command: 'services.answer-reset', args: agreed },
      },
    ],
    ...(confirmKill === undefined
      ? {}
      : { typed: { expected: confirmKill, field: textState('') } }),
  });
}
