import { lstat, readFile, readlink } from 'node:fs/promises';
import { errorCode } from '../../os/error-code.ts';
import { runCommand } from '../../os/run-command.ts';
import { ownUnit } from '../unit/unit-order.ts';
import { applyStep } from './apply-step.ts';
import { waitUntilHealthy } from './ask-kedge.ts';
import { installedLauncher, installedPlaces } from './install-places.ts';
import type { ReasonedStep, Step } from './install-step.ts';
import { restoreState } from './saved-state.ts';

/** What brings a file or link back as it is now. */
export async function wayBackOf({ step }: ReasonedStep): Promise<Step | undefined> {
  if (step.kind !== 'file' && step.kind !== 'link' && step.kind !== 'remove') return undefined;
  const { path } = step;
  try {
    const facts = await lstat(path);
    if (facts.isSymbolicLink()) return { kind: 'link', path, target: await readlink(path) };
    return { kind: 'file', path, text: await readFile(path, 'utf8'), mode: facts.mode & 0o7777 };
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR')
      return { kind: 'remove', path };
    throw error;
  }
}

const stopMs = 660_000;
const commandMs = 30_000;
const healthySeconds = 60;

export interface Begun {
  readonly prefix: string;
  /** What brings back what was changed, in the order of the changes. */
  readonly ways: readonly Step[];
  readonly stateWasSaved: boolean;
  /** The daemon was to be another one. */
  readonly isExchange: boolean;
}

/** Files and links as they were, newest first, and the state if it was saved; then the old version has to come up. */
export async function takeBack(
  { prefix, ways, stateWasSaved, isExchange }: Begun,
  signal: AbortSignal,
): Promise<void> {
  const { state, savedState } = installedPlaces;
  if (isExchange) await runCommand(['systemctl', 'stop', ownUnit], stopMs, signal);
  for (const step of ways.toReversed())
    await applyStep({ step, reason: 'it is taken back' }, signal);
  if (stateWasSaved) await restoreState(savedState, state);
  await runCommand(['systemctl', 'daemon-reload'], commandMs, signal);
  if (!isExchange) return;
  for (const words of [
    ['reset-failed', ownUnit],
    ['--no-block', 'start', ownUnit],
  ])
    await runCommand(['systemctl', ...words], commandMs, signal);
  await waitUntilHealthy(installedLauncher(prefix), healthySeconds, signal);
}
