import type { Job } from '../../../protocol/domain/job.ts';
import type { ResetStep, Service, ServiceHistory } from '../../../protocol/domain/service.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import {
  serviceAnswerReset,
  serviceFollowLog,
  serviceHistory,
  serviceList,
  serviceLogs,
  serviceReset,
  serviceResetPlan,
  serviceRestart,
  serviceStart,
  serviceStop,
} from '../../../protocol/methods/service.ts';
import { bucketsOf } from '../../services/health-buckets.ts';
import { activeServices, planReset, type ResetPlan } from '../../services/plan-reset.ts';
import { historyKeptMs } from '../../state/service-history.ts';
import type { Daemon } from '../daemon.ts';
import { handle } from './handler.ts';

export const serviceHandlers = [
  handle(serviceList, async (daemon, _params, signal) => ({
    services: await daemon.services.status(signal),
  })),
  handle(serviceStart, async (daemon, { service }, signal) => {
    refuseWhileWriting(daemon, `starting ${service}`);
    await daemon.services.start(known(daemon, service).id, signal);
    return { service: known(daemon, service) };
  }),
  handle(serviceStop, async (daemon, { service }, signal) => {
    refuseWhileWriting(daemon, `stopping ${service}`);
    await daemon.services.stop(known(daemon, service).id, signal);
    return { service: known(daemon, service) };
  }),
  handle(serviceRestart, async (daemon, { service }, signal) => {
    refuseWhileWriting(daemon, `restarting ${service}`);
    await daemon.services.restart(known(daemon, service).id, signal);
    return { service: known(daemon, service) };
  }),
  handle(serviceResetPlan, async (daemon, { services }, signal) => {
    const retry = newestFailure(daemon);
    return {
      steps: stepsOf(
        planReset(
          daemon.config().services ?? {},
          services ?? [],
          activeServices(await daemon.services.status(signal)),
        ),
      ),
      ...(retry === undefined ? {} : { retry: { job: retry.id, title: retry.title } }),
    };
  }),
  handle(serviceReset, async (daemon, { services, retryFailed }) => {
    const ids = services ?? [];
    for (const id of ids) known(daemon, id);
    // A reset never waits in the queue: whoever presses it wants it now, or to be told.
    refuseWhileWriting(daemon, 'a reset');
    const retry = retryFailed === true ? newestFailure(daemon) : undefined;
    const all = services === undefined;
    const job = daemon.jobs.submit({
      kind: 'reset',
      title: all ? 'reset of all services' : `reset of ${ids.join(', ')}`,
      command: `kedge service reset${all ? '' : ` ${ids.join(' ')}`}`,
      origin: 'manual',
      order: {
        kind: 'reset',
        services: ids,
        ...(retry === undefined ? {} : { retryJob: retry.id }),
      },
    });
    return { job: job.id };
  }),
  handle(serviceAnswerReset, async (daemon, { job, ...answer }) => {
    daemon.jobs.answer(job, answer);
    return {};
  }),
  handle(serviceLogs, async (daemon, { service, lines }) => ({
    lines: await daemon.services.logs(known(daemon, service).id, lines),
  })),
  handle(
    serviceFollowLog,
    async (daemon, { service, ...question }, signal) =>
      await daemon.services.followLog(known(daemon, service).id, question, signal),
  ),
  handle(serviceHistory, async (daemon, { service, buckets = 48 }) => {
    const toMs = daemon.now();
    const fromMs = toMs - historyKeptMs;
    const ids =
      service === undefined
        ? daemon.services.services().map(({ id }) => id)
        : [known(daemon, service).id];
    const changesMost = service === undefined ? 20 : 200;
    const historyOf = (id: string): ServiceHistory => {
      const changes = daemon.state.health.of(id);
      return {
        service: id,
        buckets: bucketsOf(changes, fromMs, toMs, buckets),
        changes: changes.slice(-changesMost),
      };
    };
    return { fromMs, toMs, services: ids.map(historyOf) };
  }),
];

function stepsOf(plan: ResetPlan): readonly ResetStep[] {
  const step =
    (action: ResetStep['action']) =>
    (service: string): ResetStep => ({
      service,
      action,
      state: 'waiting',
      detail: '',
    });
  return [...plan.stop.map(step('stop')), ...plan.start.map(step('start'))];
}

function known(daemon: Daemon, id: string): Service {
  const found = daemon.services.services().find((service) => service.id === id);
  if (found === undefined) throw new KedgeError('service-not-found', { service: id });
  return found;
}

function refuseWhileWriting(daemon: Daemon, what: string): void {
  const job = daemon.jobs.writing();
  if (job === undefined) return;
  const step = job.state.kind === 'running' ? `, at "${job.state.progress.step}"` : '';
  throw new KedgeError('busy', { what, why: `job ${job.id} (${job.title}) is at work${step}` });
}

/** The last backup, when it failed: it is what a reset is meant to make possible again. */
function newestFailure(daemon: Daemon): Job | undefined {
  const newest = daemon.state.jobs.page(0, 50).find((job) => job.kind === 'backup');
  return newest?.state.kind === 'failed' ? newest : undefined;
}
