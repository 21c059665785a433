import type { Failure } from '../../protocol/failures.ts';
import type { Command } from '../commands/command.ts';
import type { Bench } from '../screens/bench.ts';
import type { ActionArgs } from '../store/action.ts';
import type { DialogButton } from '../store/overlay-state.ts';
import { spoken } from '../texts/spoken.ts';
import { resetTexts as words } from '../texts/texts.ts';

/** A reset that meets a job: what may become of that job is asked. False: it failed for something else. */
export function offerWay(
  bench: Bench,
  command: Command,
  args: ActionArgs,
  { code, params }: Failure,
): boolean {
  if (code !== 'reset-meets-job') return false;
  const { job, title, step } = params;
  const how = (label: string, flag: 'wait-job' | 'cancel-job'): DialogButton => {
    const { 'wait-job': _wait, 'cancel-job': _cancel, ...asked } = args;
    const told = { ...asked, [flag]: true, met: job, confirmed: true };
    return { label, action: { command: command.id, args: told } };
  };
  bench.ask({
    title: spoken(command.title),
    body: [words.meets(Number(job), String(title), String(step)), words.meetsHow],
    tone: 'warning',
    buttons: [
      { label: words.meetsLeave },
      how(words.meetsWait, 'wait-job'),
      how(words.meetsCancel, 'cancel-job'),
    ],
  });
  return true;
}
