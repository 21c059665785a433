import type { Delivery } from '../../protocol/domain/alarm.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { RouteSettings } from '../config/alarm-settings.ts';
import { errorMessage } from '../os/error-code.ts';
import type { DeliveryRecords } from '../state/delivery-records.ts';
import type { MessageBody, Sender } from './message.ts';
import { openRoute } from './routes/open-route.ts';

export interface TestedRoutes {
  readonly routes: Readonly<Record<string, RouteSettings>>;
  readonly deliveries: DeliveryRecords;
  readonly installation: string;
  readonly sender: () => Sender;
  readonly now: () => number;
}

/** Tells a test by one route, or by all at once, beside what waits; each is tried once. */
export async function testRoutes(
  tested: TestedRoutes,
  name: string | undefined,
  signal: AbortSignal,
): Promise<readonly Delivery[]> {
  const { routes } = tested;
  if (name !== undefined && routes[name] === undefined) {
    throw new KedgeError('not-found', { what: 'alarm route', id: name, list: 'alarm' });
  }
  const asked = Object.entries(routes).filter(([each]) => name === undefined || each === name);
  return await Promise.all(
    asked.map(async ([each, settings]) => await testRoute(tested, each, settings, signal)),
  );
}

async function testRoute(
  { deliveries, installation, sender, now }: TestedRoutes,
  route: string,
  settings: RouteSettings,
  signal: AbortSignal,
): Promise<Delivery> {
  const from = sender();
  const text = `a test of the alarms of ${from.application?.name ?? 'Kedge'} on ${from.host}`;
  const body: MessageBody = { what: 'test', text };
  const atMs = now();
  const message = { ...body, id: `${installation}-test-${atMs}`, sender: from };
  const problem = await openRoute(settings, now)
    .send([message], signal)
    .then(() => undefined, errorMessage);
  const end = {
    state: problem === undefined ? 'sent' : 'failed',
    atMs: now(),
    tries: 1,
    ...(problem === undefined ? {} : { problem }),
  } as const;
  // Written down once it is known how it went: a courier would take one that waits for its own.
  deliveries.addEnded({ route, what: 'test', body }, end);
  return { route, what: 'test', ...end };
}
