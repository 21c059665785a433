import type { InstallEvent, InstallOrder, InstallPlan } from '../../protocol/domain/install.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { Arguments } from '../commands/command.ts';
import { absolutePath, flagOf, numberOf, textOf } from '../commands/read-arguments.ts';
import { type Setup, startSetup } from '../host/run-setup.ts';
import { installTexts as texts } from '../texts/english/install-texts.ts';
import type { Output } from './output.ts';
import type { Terminal } from './terminal.ts';

export interface InstallRun {
  readonly terminal: Terminal;
  readonly output: Output;
  readonly signal: AbortSignal;
}

const usualPrefix = '/opt/kedge';
const usualWaitSeconds = 600;

/** Shows what is to be done, asks, has it done by the daemon's program, and tells each step. */
export async function runInstall(
  run: InstallRun,
  kind: InstallOrder['kind'],
  args: Arguments,
): Promise<number> {
  const { output, signal } = run;
  await using setup = startSetup(orderOf(kind, args), signal);
  const plan = await planOf(setup);
  const changed = plan.steps.length > 0;
  if (flagOf(args, 'dry-run') || !changed) {
    output.result({ plan, changed: false }, planLines(plan, 'whole'));
    return 0;
  }
  output.show(planLines(plan, 'short'));
  await agree(run, plan, args);
  setup.apply();
  const notes = await endOf(setup, output, plan);
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
  const user = textOf(args, 'user');
  return {
    kind,
    ...common,
    ...(user === undefined ? {} : { user }),
    ...(config === undefined ? {} : { config: absolutePath(config) }),
  };
}

async function planOf({ next }: Setup): Promise<InstallPlan> {
  const event = await next();
  if (event?.kind === 'plan') return event.plan;
  throw failedBy(event);
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

async function agree(
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

async function endOf(
  { next }: Setup,
  output: Output,
  { steps }: InstallPlan,
): Promise<readonly string[]> {
  for (;;) {
    const event = await next();
    if (event?.kind === 'done') return event.notes;
    if (event?.kind !== 'step') throw failedBy(event);
    output.show([texts.number(event.number, steps.length, event.step.what)]);
  }
}

function failedBy(event: InstallEvent | undefined): KedgeError {
  if (event?.kind === 'failed') return new KedgeError(event.failure.code, event.failure.params);
  return new KedgeError('internal', { cause: texts.brokenOff });
}
