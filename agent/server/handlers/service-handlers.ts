import type { Service, ServiceHistory } from '../../../protocol/domain/service.ts';
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
import { historyKeptMs } from '../../state/service-history.ts';
import type { Daemon } from '../daemon.ts';
import { demandForClear } from '../guest-jobs.ts';
import { clearForOne } from '../resets/clear-for-one.ts';
import { showResetPlan } from '../resets/show-reset-plan.ts';
import { submitReset } from '../resets/submit-reset.ts';
import { startWithNeeds } from '../start-with-needs.ts';
import { handle } from './handler.ts';

export const serviceHandlers = [
  handle(serviceList, async (daemon, _params, signal) => ({
    services: await daemon.services.status(signal),
  })),
  handle(serviceStart, async (daemon, { service, clear }, signal, asker) => {
    const { id } = known(daemon, service);
    using _way = await clearForOne(daemon, asker, { service, doing: 'starting', clear });
    const first = await startWithNeeds(daemon.services, id, signal);
    return { service: known(daemon, service), ...(first.length === 0 ? {} : { first }) };
  }),
  handle(serviceStop, async (daemon, { service, clear }, signal, asker) => {
    const { id } = known(daemon, service);
    using _way = await clearForOne(daemon, asker, { service, doing: 'stopping', clear });
    await daemon.services.stop(id, signal);
    return { service: known(daemon, service) };
  }),
  handle(serviceRestart, async (daemon, { service, clear }, signal, asker) => {
    const { id } = known(daemon, service);
    using _way = await clearForOne(daemon, asker, { service, doing: 'restarting', clear });
    await daemon.services.restart(id, signal);
    return { service: known(daemon, service) };
  }),
  handle(
    serviceResetPlan,
    async (daemon, choice, signal, asker) => await showResetPlan(daemon, choice, asker, signal),
  ),
  handle(serviceReset, async (daemon, wish, _signal, asker) => {
    demandForClear(asker, wish.clear, daemon.jobs);
    return { job: submitReset(daemon, wish, asker).id };
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

function known(daemon: Daemon, id: string): Service {
  const found = daemon.services.services().find((service) => service.id === id);
  if (found === undefined) throw new KedgeError('service-not-found', { service: id });
  return found;
}

export function refuseWhileWriting(daemon: Daemon, what: string): void {
  const job = daemon.jobs.writing();
  if (job === undefined) return;
  const step = job.state.kind === 'running' ? `, at "${job.state.progress.step}"` : '';
  throw new KedgeError('busy', { what, why: `job ${job.id} (${job.title}) is at work${step}` });
}
