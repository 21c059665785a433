import type { Service } from '../../protocol/domain/service.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { DatabaseSettings } from '../databases/settings.ts';
import type { Work } from '../os/work.ts';
import type { SourceRestore } from '../sources/restore-kind.ts';
import type { RestoreContext } from './restore-context.ts';

/** Between guard and gate nothing may be cancelled. */
const never = new AbortController().signal;

/** All that is not known to be down, in the order in which services start. */
export async function runningServices(
  { services }: RestoreContext,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const all = await services.status(signal);
  return inStartOrder(all)
    .filter(({ health }) => health !== 'stopped' && health !== 'failed')
    .map(({ id }) => id);
}

/** Running ones, without the servers that hold what is exchanged: those do it themselves. */
export async function servicesToStop(
  sources: readonly { readonly restore: Pick<SourceRestore, 'server'> }[],
  context: RestoreContext,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const running = await runningServices(context, signal);
  const up = serversOf(
    sources.flatMap(({ restore }) => restore.server ?? []),
    context,
  );
  return running.filter((id) => !up.includes(id));
}

/** Services that are database servers of these engines. */
export function serversOf(
  servers: readonly DatabaseSettings[],
  { config }: Pick<RestoreContext, 'config'>,
): readonly string[] {
  const engines = new Set(servers.map(({ engine }) => engine));
  if (engines.size === 0) return [];
  return Object.entries(config.services ?? {})
    .filter(
      ([, { role, database }]) =>
        role === 'database' && (database === undefined || engines.has(database.engine)),
    )
    .map(([id]) => id);
}

/** Those that others need first; what stands in a circle comes last, as it is. */
export function inStartOrder(services: readonly Service[]): readonly Service[] {
  const known = new Set(services.map(({ id }) => id));
  const placed = new Set<string>();
  const order: Service[] = [];
  let rest = [...services];
  while (rest.length > 0) {
    const ready = rest.filter(({ dependsOn }) =>
      dependsOn.every((id) => placed.has(id) || !known.has(id)),
    );
    const next = ready.length > 0 ? ready : rest;
    for (const service of next) placed.add(service.id);
    order.push(...next);
    rest = rest.filter((service) => !next.includes(service));
  }
  return order;
}

/** Dependents first. */
export async function stopServices(
  { services }: RestoreContext,
  ids: readonly string[],
  work: Work,
  signal: AbortSignal,
): Promise<void> {
  for (const id of [...ids].reverse()) {
    work.log('info', `stopping service "${id}"`);
    await services.stop(id, signal);
  }
}

/** The gate: each is started and proven healthy, one after the other. Healthy ones are left alone. */
export async function startServices(
  { services }: RestoreContext,
  ids: readonly string[],
  work: Work,
): Promise<void> {
  const running = await healthyIds({ services });
  for (const id of ids.filter((each) => !running.has(each))) {
    work.log('info', `starting service "${id}"`);
    await services.start(id, never);
  }
  const healthy = await healthyIds({ services });
  for (const id of ids) {
    if (!healthy.has(id)) {
      throw new KedgeError('service-start-failed', { service: id, why: 'it did not stay healthy' });
    }
  }
}

/** After going back: what can run again runs again; the others, and what needs them, are named. */
export async function startWhatStarts(
  context: RestoreContext,
  ids: readonly string[],
  work: Work,
): Promise<readonly string[]> {
  const needs = new Map(
    (await context.services.status(never)).map(({ id, dependsOn }) => [id, dependsOn]),
  );
  const down = new Set<string>();
  const notes: string[] = [];
  for (const id of ids) {
    const missing = needs.get(id)?.find((each) => down.has(each));
    const problem =
      missing === undefined
        ? await startProblem(context, id, work)
        : `service "${id}" was not started, because it needs "${missing}"`;
    if (problem === undefined) continue;
    down.add(id);
    work.log('error', problem);
    notes.push(problem);
  }
  return notes;
}

async function startProblem(
  context: RestoreContext,
  id: string,
  work: Work,
): Promise<string | undefined> {
  return await startServices(context, [id], work).then(
    () => undefined,
    (error: unknown) => {
      // Only what the service itself answers: anything else must stop the recovery, to be tried again.
      if (error instanceof KedgeError) return wordFailure(error.failure).message;
      throw error;
    },
  );
}

/** Before going back: a service that will not stop must not keep the old data away. */
export async function stopWhatStops(
  context: RestoreContext,
  ids: readonly string[],
  work: Work,
): Promise<void> {
  const running = await runningServices(context, never);
  for (const id of [...ids].reverse().filter((each) => running.includes(each))) {
    await context.services.stop(id, never).catch((error: unknown) => {
      work.log('warning', wordFailure(failureOf(error)).message);
    });
  }
}

async function healthyIds({ services }: Pick<RestoreContext, 'services'>) {
  const all = await services.status(never);
  return new Set(all.filter(({ health }) => health === 'healthy').map(({ id }) => id));
}
