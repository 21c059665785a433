import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import { errorMessage } from '../../os/error-code.ts';
import { removeTree } from '../../os/files.ts';
import { applyStep } from './apply-step.ts';
import type { InstallFacts } from './install-facts.ts';
import { installedPlaces } from './install-places.ts';
import type { ReasonedStep, Step } from './install-step.ts';
import type { InstallSteps } from './plan-install.ts';
import { type Begun, takeBack, wayBackOf } from './take-back.ts';

/** Called before each step. */
export type OnStep = (step: ReasonedStep) => void;

/** Does the plan. What fails where the daemon is exchanged is taken back, if there was one before. */
export async function runInstall(
  facts: InstallFacts,
  { prepare, exchange, afterwards }: InstallSteps,
  onStep: OnStep,
  signal: AbortSignal,
): Promise<void> {
  await applyAll(prepare, onStep, signal);
  const isNewProgram = prepare.some(({ step }) => step.kind === 'program');
  await exchangeDaemon(facts, exchange, onStep, signal).catch(async (error: unknown) => {
    // Nothing would ever remove it: no record knows it.
    if (wasTakenBack(error) && isNewProgram) await removeTree(facts.program.folder);
    throw error;
  });
  await applyAll(afterwards, onStep, signal);
}

export async function applyAll(
  steps: readonly ReasonedStep[],
  onStep: OnStep,
  signal: AbortSignal,
): Promise<void> {
  for (const step of steps) {
    signal.throwIfAborted();
    onStep(step);
    await applyStep(step, signal);
  }
}

async function exchangeDaemon(
  facts: InstallFacts,
  steps: readonly ReasonedStep[],
  onStep: OnStep,
  signal: AbortSignal,
): Promise<void> {
  const ways: Step[] = [];
  let stateWasSaved = false;
  let begun = false;
  try {
    for (const reasoned of steps) {
      signal.throwIfAborted();
      onStep(reasoned);
      const way = await wayBackOf(reasoned);
      if (way !== undefined) ways.push(way);
      begun ||= reasoned.step.kind !== 'wait-idle';
      await applyStep(reasoned, signal);
      stateWasSaved ||= reasoned.step.kind === 'save-state';
    }
  } catch (error) {
    if (!begun) throw error;
    const { prefix } = facts;
    const isExchange = steps.some(({ step }) => step.kind === 'healthy');
    await answerFailure(facts, error, { prefix, ways, stateWasSaved, isExchange });
  }
}

/** Whoever asked may have turned away: the machine must be left with a daemon that runs all the same. */
async function answerFailure(
  { record, release }: InstallFacts,
  error: unknown,
  begun: Begun,
): Promise<never> {
  const { version } = release;
  const why = wordsOf(error);
  const before = record?.versions[0]?.version;
  if (before === undefined)
    throw new KedgeError('install-unhealthy', { version, why }, { cause: error });
  try {
    await takeBack(begun, new AbortController().signal);
  } catch (second) {
    const { savedState: saved } = installedPlaces;
    const cause = errorMessage(second);
    throw new KedgeError('rollback-failed', { version, why, cause, saved }, { cause: second });
  }
  throw new KedgeError('upgrade-rolled-back', { version, why, before }, { cause: error });
}

function wasTakenBack(error: unknown): boolean {
  return error instanceof KedgeError && error.failure.code === 'upgrade-rolled-back';
}

function wordsOf(error: unknown): string {
  return wordFailure(failureOf(error)).message;
}
