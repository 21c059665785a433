import type { Service } from '../../../protocol/domain/service.ts';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import { JobOrder } from '../../jobs/job-order.ts';
import { isGuarded } from '../../restore/guard.ts';
import {
  type AutoAttempt,
  type AutoResetDecision,
  decideAutoReset,
} from '../../services/auto-reset.ts';
import type { Daemon } from '../daemon.ts';

const lookMs = 5000;
const dayMs = 24 * 3_600_000;
const attemptsLooked = 200;

/** Looks every 5 s at the services that are to be reset by themselves; nothing is done where there are none. */
export function keepAutoReset(daemon: () => Daemon): Disposable {
  const look = (): void => {
    try {
      resetWhatIsSick(daemon());
    } catch (error) {
      const { message } = wordFailure(failureOf(error));
      daemon().log.write('error', `automatic reset: ${message}`);
    }
  };
  const timer = setInterval(look, lookMs).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** One reset for all that want one now. */
export function resetWhatIsSick(daemon: Daemon): void {
  const due = daemon.services.services().filter((service) => {
    const decision = decide(daemon, service);
    tellPause(daemon, service.id, decision);
    return decision.kind === 'reset';
  });
  if (due.length === 0 || daemon.jobs.isClosing()) return;
  const ids = due.map(({ id }) => id);
  daemon.jobs.submit({
    kind: 'reset',
    title: `automatic reset of ${ids.join(', ')}`,
    command: `kedge service reset ${ids.join(' ')}`,
    origin: 'kedge',
    order: { kind: 'reset', services: ids, automatic: true, attended: false },
  });
}

function decide(daemon: Daemon, service: Service): AutoResetDecision {
  const { afterSeconds } = daemon.configFile.inForce()?.services?.[service.id]?.autoReset ?? {};
  const rests = service.health === 'healthy' || service.health === 'stopped';
  if (afterSeconds === undefined || rests) return { kind: 'rest' };
  return decideAutoReset({
    nowMs: daemon.now(),
    service,
    afterMs: afterSeconds * 1000,
    attempts: attemptsOn(daemon, service.id),
    changes: daemon.state.health.of(service.id),
    // While data is half exchanged it would be stopped and not be allowed to start.
    busy: daemon.jobs.writing() !== undefined || isGuarded(daemon.places.state),
  });
}

/** From the records of jobs, which outlive Kedge. */
function attemptsOn(daemon: Daemon, service: string): readonly AutoAttempt[] {
  const nowMs = daemon.now();
  const jobs = daemon.state.jobs.unscheduled('reset', nowMs - dayMs, nowMs + 1, attemptsLooked);
  return jobs
    .filter(({ id, origin }) => origin === 'kedge' && isOn(daemon, id, service))
    .map(({ createdAtMs, finishedAtMs }) => ({ beganMs: createdAtMs, endedMs: finishedAtMs }));
}

function isOn(daemon: Daemon, job: number, service: string): boolean {
  const order = JobOrder.safeParse(daemon.state.jobs.get(job)?.order);
  return (
    order.success &&
    order.data.kind === 'reset' &&
    order.data.automatic === true &&
    order.data.services.includes(service)
  );
}

function tellPause(daemon: Daemon, service: string, decision: AutoResetDecision): void {
  const { standing } = daemon.overview;
  const id = `auto-reset-${service}`;
  const before = standing.get(id);
  if (decision.kind !== 'paused') {
    if (standing.delete(id)) daemon.overview.touch();
    return;
  }
  const until = new Date(decision.untilMs).toTimeString().slice(0, 5);
  const text = `automatic reset of "${service}" paused until ${until}: ${decision.why}`;
  standing.set(id, {
    id,
    severity: 'warning',
    text,
    place: service,
    hint: 'Reset it yourself (R) when its cause is gone.',
  });
  if (before?.text !== text) daemon.overview.touch();
}
