import type { Service } from '../../../protocol/domain/service.ts';

/** A service below one that it needs. `also`: what else it needs. */
export interface TreeRow {
  readonly service: Service;
  readonly depth: number;
  readonly also: readonly string[];
}

/**
 * Services as a tree: what nothing is needed for first, each below what it needs, once. Of several that it needs it
 * stands below the one that is itself the deepest, so that all of them come before it.
 */
export function serviceTree(services: readonly Service[]): readonly TreeRow[] {
  const byId = new Map(services.map((service) => [service.id, service]));
  const depths = new Map<string, number>();
  const depthOf = (id: string, above: ReadonlySet<string>): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    const needed = needsOf(byId.get(id), byId).filter((one) => !above.has(one));
    const below = needed.map((one) => depthOf(one, new Set([...above, id])));
    const depth = below.length === 0 ? 0 : Math.max(...below) + 1;
    depths.set(id, depth);
    return depth;
  };
  for (const { id } of services) depthOf(id, new Set([id]));
  const parents = new Map(services.map((service) => [service.id, parentOf(service, byId, depths)]));
  const below = (parent: string | undefined, depth: number): readonly TreeRow[] =>
    services
      .filter(({ id }) => parents.get(id) === parent)
      .flatMap((service) => {
        const also = service.dependsOn.filter((id) => id !== parent);
        return [{ service, depth, also }, ...below(service.id, depth + 1)];
      });
  return below(undefined, 0);
}

function needsOf(
  service: Service | undefined,
  known: ReadonlyMap<string, Service>,
): readonly string[] {
  return service?.dependsOn.filter((id) => known.has(id) && id !== service.id) ?? [];
}

/** Of a circle, which the configuration refuses, each that has no depth above it stands for itself. */
function parentOf(
  service: Service,
  known: ReadonlyMap<string, Service>,
  depths: ReadonlyMap<string, number>,
): string | undefined {
  const own = depths.get(service.id) ?? 0;
  const above = needsOf(service, known).filter((id) => (depths.get(id) ?? 0) < own);
  return above.toSorted((a, b) => (depths.get(b) ?? 0) - (depths.get(a) ?? 0))[0];
}
