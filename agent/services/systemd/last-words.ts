import { setTimeout as wait } from 'node:timers/promises';
import { failureOf } from '../../../protocol/failures.ts';
import { readLogSince, readStepFailures } from './journal.ts';
import type { UnitFacts } from './unit-facts.ts';

/** The journal gets a service's last words a moment after systemd knows of its end. */
const journalTries = 10;
const journalPauseMs = 50;
const shownCharacters = 200;
/** From here on an exit code is systemd's, of a process that it could not make. */
const firstStepCode = 200;

/** The last line of a run that ended, fit for one line of a screen. Empty where it printed nothing, or the journal may not be read. */
export async function lastWords(facts: UnitFacts, signal: AbortSignal): Promise<string> {
  for (let left = journalTries; left > 0; left -= 1) {
    const lines = await linesOf(facts, signal).catch(denied);
    if (lines === undefined) return '';
    const last = lines.findLast((line) => line.trim() !== '');
    if (last !== undefined) return fitLine(last);
    await wait(journalPauseMs, undefined, { signal });
  }
  return '';
}

async function linesOf(facts: UnitFacts, signal: AbortSignal): Promise<readonly string[]> {
  const { unit, startBeganUs, exitKind, exitStatus } = facts;
  return exitKind === 1 && exitStatus >= firstStepCode
    ? await readStepFailures(unit, startBeganUs, signal)
    : await readLogSince(unit, startBeganUs, 3, signal);
}

function denied(error: unknown): undefined {
  if (failureOf(error).code !== 'service-log-denied') throw error;
}

export function fitLine(text: string): string {
  return text
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, shownCharacters);
}
