import type { ResetProblem } from '../../protocol/domain/reset.ts';
import { failureOf, KedgeError } from '../../protocol/failures.ts';
import type { ManagedService } from './manager.ts';
import type { ServiceSettings } from './settings.ts';
import { checkOrder, type OrderMismatch } from './systemd/check-order.ts';

export interface PreflightAsk {
  readonly ids: readonly string[];
  readonly settings: Readonly<Record<string, ServiceSettings>>;
  readonly managed: (id: string) => ManagedService;
}

/** What would keep services from being reset, those that refuse first. Nothing is touched. */
export async function preflightReset(
  { ids, settings, managed }: PreflightAsk,
  signal: AbortSignal,
): Promise<readonly ResetProblem[]> {
  const found = await Promise.all([
    ...ids.map((id) => problemsOf(id, managed(id), signal)),
    orderProblems(ids, settings, signal),
  ]);
  const all = found.flat();
  const refusing = all.filter(({ weight }) => weight === 'refuses');
  return [...refusing, ...all.filter(({ weight }) => weight === 'warns')];
}

async function problemsOf(
  service: string,
  managed: ManagedService,
  signal: AbortSignal,
): Promise<readonly ResetProblem[]> {
  try {
    const failures = (await managed.preflight?.(signal)) ?? [];
    return failures.map((failure) => ({ service, weight: 'refuses', failure }));
  } catch (error) {
    signal.throwIfAborted();
    return [{ service, weight: 'refuses', failure: failureOf(error) }];
  }
}

async function orderProblems(
  ids: readonly string[],
  settings: PreflightAsk['settings'],
  signal: AbortSignal,
): Promise<readonly ResetProblem[]> {
  try {
    const mismatches = await checkOrder(settings, signal);
    const touched = mismatches.filter(
      ({ service, on }) => ids.includes(service) || ids.includes(on),
    );
    return touched.map((mismatch) => mismatchProblem(mismatch));
  } catch {
    signal.throwIfAborted();
    // A systemd that does not answer is told with each of its services.
    return [];
  }
}

function mismatchProblem({ kind, service, on }: OrderMismatch): ResetProblem {
  const { failure } = new KedgeError(`service-order-${kind}`, { service, on });
  return { service, weight: 'warns', failure };
}
