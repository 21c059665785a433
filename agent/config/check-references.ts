import { relative } from 'node:path';
import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { checkAlarms } from './check-alarms.ts';
import { checkDatabases } from './check-databases.ts';
import { checkDrill } from './check-drill.ts';
import type { Config } from './config.ts';
import type { ConfigFault } from './parse-config.ts';

/** Names that point to nothing, and destinations inside what they back up. */
export function checkReferences(config: Config): readonly ConfigFault[] {
  return [
    ...checkSchedules(config),
    ...checkServices(config),
    ...checkDatabases(config),
    ...checkStores(config),
    ...checkScratch(config),
    ...checkDrill(config),
    ...checkAlarms(config),
    ...checkDoors(config),
  ];
}

/** Whoever listens last at a path takes it from the other one. */
function checkDoors({ operators, viewers }: Config): ConfigFault[] {
  if (operators === undefined || operators.socket !== viewers?.socket) return [];
  const message = 'this is the socket for viewers; operators need one of their own';
  return [{ path: ['operators', 'socket'], message }];
}

function checkSchedules(config: Config): ConfigFault[] {
  return Object.entries(config.schedules ?? {}).flatMap(([id, settings]) =>
    destinationFaults(settings, config).map(({ path, message }) => ({
      path: ['schedules', id, ...path],
      message,
    })),
  );
}

/** Destinations of a schedule that are not there; paths from its own settings. */
export function destinationFaults(
  { store, differential, copyTo }: ScheduleSettings,
  { stores }: Pick<Config, 'stores'>,
): readonly ConfigFault[] {
  const named: readonly (readonly [string[], string | undefined])[] = [
    [['store'], store],
    [['differential', 'store'], differential?.store],
    [['copyTo'], copyTo],
  ];
  const unknown = named.flatMap(([path, name]) =>
    name === undefined || stores[name] !== undefined
      ? []
      : [{ path, message: `there is no destination "${name}" under "stores"` }],
  );
  return copyTo === store ? [...unknown, { path: ['copyTo'], message: sameStore(store) }] : unknown;
}

function sameStore(store: string): string {
  return `"${store}" is where the backups lie already; a copy belongs into another destination`;
}

function checkServices(config: Config): ConfigFault[] {
  const services = config.services ?? {};
  return Object.entries(services).flatMap(([id, service]) =>
    (service.dependsOn ?? [])
      .filter((other) => services[other] === undefined)
      .map((other) => ({
        path: ['services', id, 'dependsOn'],
        message: `there is no service "${other}"`,
      })),
  );
}

function checkStores(config: Config): ConfigFault[] {
  return Object.entries(config.stores).flatMap(([id, store]) =>
    Object.entries(config.sources)
      .filter(([, source]) => source.engine === 'files' && isInside(source.path, store.path))
      .map(([source]) => ({
        path: ['stores', id, 'path'],
        message: `this folder lies inside source "${source}"; a backup must not back up itself`,
      })),
  );
}

function checkScratch({ drill, sources }: Config): ConfigFault[] {
  const scratch = drill?.scratch;
  if (scratch === undefined) return [];
  return Object.entries(sources)
    .filter(([, source]) => source.engine === 'files' && isInside(source.path, scratch))
    .map(([source]) => ({
      path: ['drill', 'scratch'],
      message: `this folder lies inside source "${source}"; a copy of it would be backed up too`,
    }));
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith('../'));
}
