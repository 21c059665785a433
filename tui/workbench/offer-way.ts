import type { Failure } from '../../protocol/failures.ts';
import { findCommand } from '../commands/registry.ts';
import type { Bench } from '../screens/bench.ts';
import { titleForAll } from '../screens/chosen-rows.ts';
import type { Action } from '../store/action.ts';
import type { DialogButton } from '../store/overlay-state.ts';
import { formats } from '../texts/formats.ts';
import { spoken } from '../texts/spoken.ts';
import { texts, resetTexts as words } from '../texts/texts.ts';

/**
 * A reset, or what is done to services one after the other, that meets a job: what may become of that job is asked, for
 * what is left of them. `refused`: why others of them were, which nothing tells afterwards. False: it failed for
 * something else.
 */
export function offerWay(
  bench: Bench,
  left: readonly Action[],
  { code, params }: Failure,
  refused: readonly string[] = [],
): boolean {
  const said = wordsOf(code);
  if (said === undefined) return false;
  const { job, title, step } = params;
  const how = (label: string, flag: 'wait-job' | 'cancel-job'): DialogButton => ({
    label,
    action: asOne(left.map((action) => withFlag(action, flag, job))),
  });
  bench.ask({
    title: titleOf(left),
    body: [
      ...(refused.length > 0
        ? [texts.lists.refusedBefore(refused.length), ...new Set(refused)]
        : []),
      ...(left.length > 1 ? [servicesOf(left)] : []),
      said.meets(Number(job), String(title), String(step)),
      said.how,
    ],
    tone: 'warning',
    buttons: [
      { label: words.meetsLeave },
      how(said.wait, 'wait-job'),
      how(said.cancel, 'cancel-job'),
    ],
  });
  return true;
}

function withFlag(
  { command, args }: Action,
  flag: 'wait-job' | 'cancel-job',
  met: unknown,
): Action {
  const { 'wait-job': _wait, 'cancel-job': _cancel, ...asked } = args ?? {};
  return { command, args: { ...asked, [flag]: true, met, confirmed: true } };
}

function asOne(actions: readonly Action[]): Action {
  const [first] = actions;
  return first !== undefined && actions.length === 1
    ? first
    : { command: 'list.run-all', args: { actions } };
}

/** In words of their command. */
export function titleOf(actions: readonly Action[]): string {
  const title = spoken(findCommand(actions[0]?.command ?? '')?.title ?? '');
  return actions.length > 1 ? titleForAll(actions, title) : title;
}

function servicesOf(actions: readonly Action[]): string {
  return actions.map(({ args }) => String(args?.['service'] ?? '')).join(formats().comma);
}

function wordsOf(code: Failure['code']) {
  const { meets, meetsHow: how, meetsWait: wait, meetsCancel: cancel, one } = words;
  if (code === 'reset-meets-job') return { meets, how, wait, cancel };
  return code === 'service-meets-job' ? one : undefined;
}
