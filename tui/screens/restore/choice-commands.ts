import { z } from 'zod';
import { absolutePath } from '../../commands/read-arguments.ts';
import { undoTexts } from '../../texts/english/undo-texts.ts';
import { texts } from '../../texts/texts.ts';
import { textState } from '../../widgets/text-edit.ts';
import type { Bench, Screen } from '../bench.ts';
import { fieldText } from '../form-values.ts';
import { openPage } from '../navigate.ts';
import { askedAgain } from './plan-answers.ts';
import { choiceArgs } from './plan-choices.ts';
import { planOf } from './plan-sections.ts';

const words = undoTexts.room;
const category = texts.workbench.views.restore;

const RoomArgs = z.object({ job: z.number() });
const MakeRoomArgs = RoomArgs.extend({
  option: z.enum(['staging', 'safety-to', 'without-safety-backup']),
});
const AgreeArgs = z.object({ expected: z.string(), run: z.record(z.string(), z.unknown()) });

/** Plans again, with what was chosen. */
function makeRoom(bench: Bench, raw: unknown): void {
  const { job, option } = MakeRoomArgs.parse(raw);
  const plan = planOf(bench.model(), job);
  if (plan === undefined) return;
  const again = { ...askedAgain(plan), ...choiceArgs(plan) };
  if (option === 'without-safety-backup') {
    bench.run({ command: 'restore.plan', args: { ...again, [option]: true } });
    return;
  }
  const typed = fieldText(bench.model(), 'restore.room').trim();
  if (typed === '') bench.notify('warning', words.typeFolder);
  else bench.run({ command: 'restore.plan', args: { ...again, [option]: absolutePath(typed) } });
}

/** The second confirmation; the name of the application is asked for after it, as ever. */
function askToAgree(bench: Bench, raw: unknown): void {
  const { expected, run } = AgreeArgs.parse(raw);
  const action = { command: 'restore.agreed', args: { expected, run } };
  bench.ask({
    title: words.agreeTitle,
    body: words.agreeBody,
    tone: 'error',
    typed: { expected, field: textState('') },
    buttons: [{ label: texts.workbench.quit.cancel }, { label: words.agree, action }],
  });
}

export const choiceCommands: Screen['commands'] = [
  {
    id: 'restore.room',
    title: words.button,
    category,
    internal: true,
    run: (bench, args) =>
      openPage(bench, 'restore', { kind: 'room', ...RoomArgs.parse(args) }, 'restore.room'),
  },
  { id: 'restore.make-room', title: words.button, category, internal: true, run: makeRoom },
  { id: 'restore.agree', title: words.agreeTitle, category, internal: true, run: askToAgree },
  {
    id: 'restore.agreed',
    title: words.agreeTitle,
    category,
    internal: true,
    run(bench, args) {
      const { expected, run } = AgreeArgs.parse(args);
      bench.run({ command: 'restore.run', args: { ...run, consent: [expected] } });
    },
  },
];
