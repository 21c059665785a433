import * as z from 'zod';
import { Consent } from '../../../protocol/domain/restore-safety.ts';
import { absolutePath } from '../../commands/read-arguments.ts';
import { texts, undoTexts } from '../../texts/texts.ts';
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
  option: z.enum(['staging', 'safety-to', 'without-safety-backup', 'without-undo']),
});
const AgreeArgs = z.object({
  /** Words that are not typed yet, and those that are. */
  wanted: z.array(Consent),
  given: z.array(Consent).default([]),
  run: z.record(z.string(), z.unknown()),
});

/** Plans again, with what was chosen. */
function makeRoom(bench: Bench, raw: unknown): void {
  const { job, option } = MakeRoomArgs.parse(raw);
  const plan = planOf(bench.model(), job);
  if (plan === undefined) return;
  const again = { ...askedAgain(plan), ...choiceArgs(plan) };
  if (option === 'without-safety-backup' || option === 'without-undo') {
    bench.run({ command: 'restore.plan', args: { ...again, [option]: true } });
    return;
  }
  const typed = fieldText(bench.model(), 'restore.room').trim();
  if (typed === '') bench.notify('warning', words.typeFolder);
  else bench.run({ command: 'restore.plan', args: { ...again, [option]: absolutePath(typed) } });
}

/** The confirmations before the name of the application, which is asked for after them, as ever. */
function askToAgree(bench: Bench, raw: unknown): void {
  const { wanted, given, run } = AgreeArgs.parse(raw);
  const [expected, ...rest] = wanted;
  if (expected === undefined) {
    bench.run({ command: 'restore.run', args: { ...run, consent: given } });
    return;
  }
  const args = { wanted: rest, given: [...given, expected], run };
  bench.ask({
    title: words.agreeTitle,
    body: [...words.agreeTo[expected], words.agreeHow],
    tone: 'error',
    typed: { expected, field: textState('') },
    buttons: [
      { label: texts.workbench.quit.cancel },
      { label: words.agree, action: { command: 'restore.agree', args } },
    ],
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
];
