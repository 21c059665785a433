import { constants } from 'node:os';
import type { UnitFacts } from './unit-facts.ts';

/** Exit codes that systemd gives a process it could not make. Source: systemd.exec(5). */
const stepsBefore: Readonly<Record<number, string>> = {
  200: 'its working directory can not be entered',
  203: 'its program can not be run',
  216: 'its group does not exist',
  217: 'its user does not exist',
  226: 'its namespaces can not be made',
  243: 'its credentials can not be read',
};

/** Until that is cleared, which a start by Kedge does, it refuses to be started. */
export const startedTooOften = 'started too often';

const results: Readonly<Record<string, string>> = {
  timeout: 'a time limit of its unit was passed',
  watchdog: 'it did not answer the watchdog in time',
  'start-limit-hit': startedTooOften,
  'oom-kill': 'killed as the memory was used up',
  resources: 'its resources could not be had',
  protocol: 'it did not start as its unit says',
};

/** How the last run of a unit ended: "exit 3", "killed by SIGKILL". */
export function wordEnd(facts: UnitFacts): string {
  const end = wordExit(facts);
  const result = results[facts.result] ?? (facts.usedUpRestarts ? startedTooOften : undefined);
  if (result === undefined) return end === '' ? facts.result : end;
  return end === '' ? result : `${result}, ${end}`;
}

function wordExit({ exitKind, exitStatus }: UnitFacts): string {
  const step = stepsBefore[exitStatus];
  switch (exitKind) {
    case 1:
      return step === undefined ? `exit ${exitStatus}` : `exit ${exitStatus} (${step})`;
    case 2:
      return `killed by ${signalName(exitStatus)}`;
    case 3:
      return `killed by ${signalName(exitStatus)} (core dumped)`;
    default:
      return '';
  }
}

function signalName(number: number): string {
  const found = Object.entries(constants.signals).find(([, value]) => value === number);
  return found?.[0] ?? `signal ${number}`;
}
