import type { InstallOrder, InstallPlan } from '../../protocol/domain/install.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { Arguments } from '../commands/command.ts';
import { absolutePath, flagOf, numberOf, textOf } from '../commands/read-arguments.ts';
import { runSetup } from '../host/run-setup.ts';
import { installTexts as texts } from '../texts/english/install-texts.ts';
import type { Output } from './output.ts';
import type { Terminal } from './terminal.ts';

export interface InstallRun {
  readonly terminal: Terminal;
  readonly output: Output;
  readonly signal: AbortSignal;
}

const usualPrefix = '/opt/kedge';
const usualUser = 'kedge';
const usualWaitSeconds = 600;

/** Shows what is to be done, asks, has it done by the daemon's program, and tells each step. */
export async function runInstall(
  run: InstallRun,
  kind: InstallOrder['kind'],
  args: Arguments,
): Promise<number> {
  const { output } = run;
  const order = orderOf(kind, args);
  const plan = await planOf(run, order);
  const changed = plan.steps.length > 0;
  if (flagOf(args, 'dry-run') || !changed) {
    output.result({ plan, changed: false }, planLines(plan, 'whole'));
    return 0;
  }
  output.show(planLines(plan, 'short'));
  await agreed(run, plan, args);
  const notes = await applied(run, order, plan);
  output.result({ plan, changed }, [texts.done[kind], ...notes.map(texts.note)]);
  return 0;
}

function orderOf(kind: InstallOrder['kind'], args: Arguments): InstallOrder {
  const common = {
    prefix: absolutePath(textOf(args, 'prefix') ?? usualPrefix),
    waitSeconds: numberOf(args, 'wait-for-jobs', usualWaitSeconds, 0),
  };
  if (kind === 'uninstall') return { kind, ...common, purge: flagOf(args, 'purge') };
  const config = textOf(args, 'config');
  return {
    kind,
    ...common,
    user: textOf(args, 'user') ?? usualUser,
    ...(config === undefined ? {} : { config: absolutePath(config) }),
  };
}

async function planOf({ signal }: InstallRun, order: InstallOrder): Promise<InstallPlan> {
  for await (const event of runSetup(order, 'plan', signal)) {
    if (event.kind === 'plan') return event.plan;
    if (event.kind === 'failed') throw new KedgeError(event.failure.code, event.failure.params);
  }
  throw brokenOff();
}

function planLines(plan: InstallPlan, length: 'whole' | 'short'): readonly string[] {
  const { version, installed, steps, notes } = plan;
  const files = (text: string | undefined): readonly string[] =>
    text === undefined || length === 'short' ? [] : text.trimEnd().split('\n').map(texts.textLine);
  const lines = steps.flatMap(({ what, reason, text }) => [
    ...texts.step(what, reason).split('\n'),
    ...files(text),
  ]);
  const first = steps.length === 0 ? texts.nothing(version) : texts.heading(version, installed);
  return [first, ...lines, ...notes.map(texts.note)];
}

async function agreed(
  { terminal, signal }: InstallRun,
  { confirmation }: InstallPlan,
  args: Arguments,
): Promise<void> {
  if (confirmation !== undefined) {
    const typed =
      textOf(args, 'confirm') ?? (await terminal.ask(texts.purge(confirmation), signal));
    if (typed === undefined)
      throw new KedgeError('bad-argument', {
        what: '--confirm',
        problem: texts.purgeNeeds(confirmation),
      });
    if (typed.trim() === confirmation) return;
    throw new KedgeError('confirmation-wrong', { typed, expected: confirmation });
  }
  if (flagOf(args, 'yes')) return;
  const answer = await terminal.ask(texts.ask, signal);
  if (answer === undefined)
    throw new KedgeError('bad-argument', { what: '--yes', problem: texts.cannotAsk });
  if (!/^y(es)?$/i.test(answer.trim())) throw new KedgeError('cancelled');
}

async function applied(
  { output, signal }: InstallRun,
  order: InstallOrder,
  { steps }: InstallPlan,
): Promise<readonly string[]> {
  for await (const event of runSetup(order, 'apply', signal)) {
    if (event.kind === 'step')
      output.show([texts.number(event.number, steps.length, event.step.what)]);
    if (event.kind === 'failed') throw new KedgeError(event.failure.code, event.failure.params);
    if (event.kind === 'done') return event.notes;
  }
  throw brokenOff();
}

function brokenOff(): KedgeError {
  return new KedgeError('internal', { cause: texts.brokenOff });
}
