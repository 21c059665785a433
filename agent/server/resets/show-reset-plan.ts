import type * as z from 'zod';
import type { ResetProblem, ResetTrigger } from '../../../protocol/domain/reset.ts';
import type { ResetStep, Service } from '../../../protocol/domain/service.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { serviceResetPlan } from '../../../protocol/methods/service.ts';
import { filesOfService } from '../../config/files-of-services.ts';
import { readOwnUnit } from '../../os/own-unit.ts';
import { chooseServices, type ResetChoice } from '../../services/choose-services.ts';
import { activeServices, planReset, type ResetPlan } from '../../services/plan-reset.ts';
import { findServiceClients, type ServiceClients } from '../../services/service-clients.ts';
import type { Daemon } from '../daemon.ts';
import type { Asker } from '../door.ts';
import { estimateReset } from './estimate-reset.ts';
import { leftDown, newestFailure, pastReports } from './past-resets.ts';

type Answer = z.infer<typeof serviceResetPlan.result>;

/** What a reset would do and what would keep it from it. Nothing is touched. */
export async function showResetPlan(
  daemon: Daemon,
  choice: ResetChoice,
  asker: Asker,
  signal: AbortSignal,
): Promise<Answer> {
  const settings = daemon.config().services ?? {};
  const services = await daemon.services.status(signal);
  const { ids, kedge } = chooseServices(choice, services, leftDown(daemon));
  const plan = planReset(settings, ids, activeServices(services));
  const steps = [...stepsOf(plan), ...(kedge ? [waiting('restart')('kedge')] : [])];
  const touched = [...new Set([...plan.stop, ...plan.start])];
  const [found, triggers, connected] = await Promise.all([
    daemon.services.preflight(touched, signal),
    triggersOf(daemon, plan.stop, signal),
    clientsOf(daemon, plan.stop, services, signal),
  ]);
  const retry = newestFailure(daemon, asker);
  return {
    steps,
    ...(retry === undefined ? {} : { retry: { job: retry.id, title: retry.title } }),
    problems: [...(kedge ? kedgeProblems() : []), ...found, ...connected.problems],
    triggers,
    clients: connected.clients,
    estimatedMs: estimateReset(steps, settings, pastReports(daemon)),
    kedgeLast: kedge,
  };
}

/** Found also before the job is queued: it would be in vain. */
export function kedgeProblems(): readonly ResetProblem[] {
  if (readOwnUnit(process.env) !== undefined) return [];
  return [{ weight: 'refuses', failure: new KedgeError('kedge-not-a-unit').failure }];
}

async function triggersOf(
  daemon: Daemon,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly ResetTrigger[]> {
  const triggers = async (service: string): Promise<readonly ResetTrigger[]> =>
    (await daemon.services.triggers(service, signal)).map((unit) => ({ service, unit }));
  return (await Promise.all(ids.map(triggers))).flat();
}

/** Shown only: what is stopped ends their connections. The services that are stopped themselves are left out. */
async function clientsOf(
  daemon: Daemon,
  ids: readonly string[],
  services: readonly Service[],
  signal: AbortSignal,
): Promise<ServiceClients> {
  const config = daemon.config();
  const found = await Promise.all(
    Object.entries(config.services ?? {})
      .filter(([id, { role }]) => role === 'database' && ids.includes(id))
      .map(([id, each]) => findServiceClients(id, each, filesOfService(id, config), signal)),
  );
  const stopped = new Set(services.filter(({ id }) => ids.includes(id)).map(({ pid }) => pid));
  return {
    clients: found.flatMap(({ clients }) => clients).filter(({ pid }) => !stopped.has(pid)),
    problems: found.flatMap(({ problems }) => problems),
  };
}

function stepsOf(plan: ResetPlan): readonly ResetStep[] {
  return [...plan.stop.map(waiting('stop')), ...plan.start.map(waiting('start'))];
}

function waiting(action: ResetStep['action']): (service: string) => ResetStep {
  return (service) => ({ service, action, state: 'waiting', detail: '' });
}
