import type { ServiceSettings } from '../settings.ts';
import { namesIn, showProperties } from './unit-facts.ts';

/** Where what the configuration says of two services is not what their units say. */
export type OrderMismatch =
  /** The unit of `service` is ordered before that of `on`, which it depends on: systemd starts it first. */
  | { readonly kind: 'reversed'; readonly service: string; readonly on: string }
  /** It depends on `on`, and its unit is not ordered after it: at boot both start at once. */
  | { readonly kind: 'unordered'; readonly service: string; readonly on: string }
  /** Its unit requires that of `on`, and it is not said to depend on it: a stop of `on` stops it too. */
  | { readonly kind: 'undeclared'; readonly service: string; readonly on: string };

interface UnitOrder {
  readonly after: readonly string[];
  /** A stop of these is a stop of it. */
  readonly boundTo: readonly string[];
}

type Services = Readonly<Record<string, ServiceSettings>>;

/** Compares `dependsOn` with After=, Requires=, BindsTo= and PartOf= of units; services of other managers are left out. */
export async function checkOrder(
  services: Services,
  signal: AbortSignal,
): Promise<readonly OrderMismatch[]> {
  const units = unitsOf(services);
  if (units.size < 2) return [];
  const names = ['After', 'Requires', 'Requisite', 'BindsTo', 'PartOf'];
  const shown = await showProperties([...units.values()], names, signal);
  const orders = new Map<string, UnitOrder>();
  for (const [unit, properties] of shown) {
    const [after = [], ...bonds] = names.map((name) => namesIn(properties.get(name) ?? ''));
    orders.set(unit, { after, boundTo: bonds.flat() });
  }
  return compareOrder(services, orders);
}

/** The same from what is known of the units. */
export function compareOrder(
  services: Services,
  orders: ReadonlyMap<string, UnitOrder>,
): readonly OrderMismatch[] {
  const units = [...unitsOf(services)];
  return units.flatMap(([service, unit]) =>
    units
      .filter(([on]) => on !== service)
      .flatMap(([on, onUnit]): readonly OrderMismatch[] => {
        const kind = mismatchOf(
          services[service]?.dependsOn?.includes(on) === true,
          orders.get(unit)?.after.includes(onUnit) === true,
          orders.get(onUnit)?.after.includes(unit) === true,
          orders.get(unit)?.boundTo.includes(onUnit) === true,
        );
        return kind === undefined ? [] : [{ kind, service, on }];
      }),
  );
}

function mismatchOf(
  depends: boolean,
  isAfter: boolean,
  isBefore: boolean,
  isBound: boolean,
): OrderMismatch['kind'] | undefined {
  if (!depends) return isBound ? 'undeclared' : undefined;
  if (isBefore) return 'reversed';
  return isAfter ? undefined : 'unordered';
}

function unitsOf(services: Services): ReadonlyMap<string, string> {
  const units = new Map<string, string>();
  for (const [id, settings] of Object.entries(services))
    if (settings.manager === 'systemd') units.set(id, settings.unit);
  return units;
}
