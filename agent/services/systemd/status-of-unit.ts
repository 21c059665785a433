import { steadyNow, wallAheadMs } from '../../os/steady-clock.ts';
import type { ManagerStatus } from '../manager.ts';
import type { UnitFacts } from './unit-facts.ts';
import { wordEnd } from './word-end.ts';

/** What a unit is to a manager. `endOf` a failed one is found in the journal. Pure but for the clock. */
export function statusOfUnit(facts: UnitFacts, stopRequested: boolean): ManagerStatus {
  const { unit, loadState, activeState } = facts;
  switch (activeState) {
    case 'active':
    case 'reloading':
    case 'refreshing':
      return running(facts);
    case 'activating':
      return starting(facts);
    case 'deactivating':
      return { kind: 'stopping', detail: facts.subState, ...pidOf(facts) };
    case 'inactive':
    case 'failed':
      // Accepted, but ordered after something else.
      if (facts.hasJob && !stopRequested) return { kind: 'starting', detail: 'waits for its turn' };
      if (loadState === 'not-found' && !stopRequested)
        return { kind: 'failed', detail: `no unit "${unit}" on this server` };
      return down(facts, stopRequested);
    default:
      return { kind: 'unknown', detail: `systemd says "${activeState}" of ${unit}` };
  }
}

function running(facts: UnitFacts): ManagerStatus {
  const { invocationId, activeSinceUs, statusText } = facts;
  return {
    kind: 'running',
    ...pidOf(facts),
    incarnation: invocationId,
    startedAtMs: wallOf(activeSinceUs),
    ...(statusText === '' ? {} : { detail: statusText }),
  };
}

function starting(facts: UnitFacts): ManagerStatus {
  const { subState, statusText, invocationId } = facts;
  const again = `${wordEnd(facts)}; systemd starts it again`;
  const words = statusText === '' ? subState : statusText;
  return {
    kind: 'starting',
    detail: subState === 'auto-restart' ? again : words,
    ...pidOf(facts),
    ...(invocationId === '' ? {} : { incarnation: invocationId }),
  };
}

function down(facts: UnitFacts, stopRequested: boolean): ManagerStatus {
  const { unit, loadState, activeState, result, conditionFailed } = facts;
  if (activeState === 'failed' && !stopRequested)
    return endedOnRequest(facts)
      ? { kind: 'stopped', detail: `stopped, ${wordEnd(facts)}` }
      : { kind: 'failed', detail: wordEnd(facts) };
  if (loadState === 'masked')
    return { kind: 'stopped', detail: `${unit} is masked by an administrator` };
  if (loadState === 'not-found')
    return { kind: 'stopped', detail: `no unit "${unit}" on this server` };
  if (conditionFailed)
    return { kind: 'stopped', detail: `not started: a condition of ${unit} is not met` };
  const late =
    result === 'timeout' ? 'stopped; its unit killed it, as it took too long' : 'stopped';
  return { kind: 'stopped', detail: late };
}

const endsOfStop = ['exit-code', 'signal', 'core-dump', 'timeout'];

/**
 * Stopped by somebody else, as by `systemctl stop`, and not with the exit code that its unit wants: 143 of Java. A stop
 * comes before the end of the process; one that ends by itself is no longer active only after it.
 */
function endedOnRequest(facts: UnitFacts): boolean {
  const { result, startBeganUs, activeSinceUs, activeUntilUs, exitedAtUs } = facts;
  const ranToTheEnd = startBeganUs <= activeSinceUs && activeSinceUs <= activeUntilUs;
  return endsOfStop.includes(result) && ranToTheEnd && activeUntilUs < exitedAtUs;
}

function pidOf({ mainPid }: UnitFacts): { readonly pid?: number } {
  return mainPid === 0 ? {} : { pid: mainPid };
}

/** systemd's monotonic clock is that of this process, whose steady clock began at the time of day. */
function wallOf(monotonicUs: number): number {
  const monotonicNowMs = Number(process.hrtime.bigint()) / 1e6;
  return Math.round(steadyNow() + wallAheadMs() - monotonicNowMs + monotonicUs / 1000);
}
