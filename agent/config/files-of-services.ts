import type { Config } from './config.ts';

/**
 * The SQLite databases that are a service's own, as far as the configuration tells: what its probes look at, and of the
 * only service with the role database that names no server, those that are backed up.
 */
export function filesOfService(
  id: string,
  { services = {}, sources }: Pick<Config, 'services' | 'sources'>,
): readonly string[] {
  const probed = (services[id]?.probes ?? []).flatMap((probe) =>
    probe.kind === 'sqlite' ? [probe.path] : [],
  );
  const fileServices = Object.entries(services)
    .filter(([, { role, database }]) => role === 'database' && database === undefined)
    .map(([name]) => name);
  const kept = Object.values(sources).flatMap((source) =>
    source.engine === 'sqlite' ? [source.path] : [],
  );
  const all = fileServices.length === 1 && fileServices[0] === id ? [...probed, ...kept] : probed;
  return [...new Set(all)];
}
