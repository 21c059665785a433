import type { AlarmRoute } from '../../protocol/domain/alarm.ts';
import type { RouteSettings } from '../config/alarm-settings.ts';
import type { DeliveryRecord, DeliveryRecords } from '../state/delivery-records.ts';
import type { FoundProblem } from './found-problem.ts';
import { openRoute } from './routes/open-route.ts';

/** A server that is restarted is no problem yet. */
const triesBeforeProblem = 3;

export function routesAsTold(
  routes: Readonly<Record<string, RouteSettings>>,
  deliveries: DeliveryRecords,
  now: () => number,
): readonly AlarmRoute[] {
  return Object.entries(routes).map(([name, settings]) => {
    const { kind, to } = openRoute(settings, now);
    const sent = deliveries.newest(name, 'sent');
    const failed = newestFailure(name, deliveries);
    return {
      name,
      kind,
      to,
      ...('minimum' in settings && settings.minimum !== undefined
        ? { minimum: settings.minimum }
        : {}),
      ...(sent === undefined ? {} : { lastSentMs: sent.atMs }),
      ...(failed?.problem === undefined
        ? {}
        : { lastProblem: { atMs: failed.atMs, problem: failed.problem } }),
    };
  });
}

/** Told by all routes but this one, until something gets through again. */
export function routeProblems(
  names: readonly string[],
  deliveries: DeliveryRecords,
): readonly FoundProblem[] {
  return names.flatMap((name) => {
    const failed = newestFailure(name, deliveries);
    const sent = deliveries.newest(name, 'sent');
    if (failed === undefined || (sent !== undefined && sent.atMs >= failed.atMs)) return [];
    if (failed.state === 'waiting' && failed.tries < triesBeforeProblem) return [];
    return [
      {
        id: `route-${name}`,
        severity: 'error',
        text: `alarms are not told by route "${name}": ${failed.problem ?? 'it failed'}`,
        place: `alarms.routes.${name}`,
        hint: `Put it right, then try it: kedge alarm test ${name}.`,
      },
    ];
  });
}

function newestFailure(name: string, deliveries: DeliveryRecords): DeliveryRecord | undefined {
  const [waiting] = deliveries.waiting(name, 1);
  if (waiting !== undefined && waiting.tries > 0) return waiting;
  return deliveries.newest(name, 'failed');
}
