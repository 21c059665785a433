import { dirname, sep } from 'node:path';
import type { Config } from '../../config/config.ts';
import { pathsOf } from './source-access.ts';

/** A path below which Kedge may write, while all else is read-only to it. */
export interface WritablePath {
  readonly path: string;
  readonly reason: string;
}

export const configFolder = '/etc/kedge';
const runtimeFolder = '/run/kedge';

/**
 * The folders around sources, in which a restore renames; destinations and what else is configured to be written.
 * Of a source right below "/" the source itself, which then is a mount point to Kedge and exchanged child by child.
 * What lies in another one is left out, so that no rename has to go from one mount to another.
 */
export function writablePaths(config: Config): readonly WritablePath[] {
  const around = (path: string) => (dirname(path) === '/' ? path : dirname(path));
  const all = [
    { path: configFolder, reason: 'to save the configuration' },
    ...Object.entries(config.sources).flatMap(([name, settings]) =>
      pathsOf(settings).map((path) => ({
        path: around(path),
        reason: `to restore source "${name}"`,
      })),
    ),
    ...Object.entries(config.sources).flatMap(([name, settings]) =>
      'exchange' in settings
        ? [{ path: settings.exchange.here, reason: `to pass backups of source "${name}" through` }]
        : [],
    ),
    ...Object.entries(config.stores).map(([name, { path }]) => ({
      path,
      reason: `to keep backups in destination "${name}"`,
    })),
    ...only(config.drill?.scratch, (path) => path, 'to restore copies for drills'),
    ...only(config.metrics?.textfile, dirname, 'to write metrics'),
    ...doorFolders(config),
  ];
  return all.filter(
    (one, at) =>
      !all.some(
        (other, otherAt) =>
          one.path.startsWith(other.path + sep) || (one.path === other.path && otherAt < at),
      ),
  );
}

/** The folder that systemd makes for the sockets is Kedge's anyway. */
function doorFolders({ operators, viewers }: Config): readonly WritablePath[] {
  return [
    ...only(operators?.socket, dirname, 'to listen for operators'),
    ...only(viewers?.socket, dirname, 'to listen for viewers'),
  ].filter(({ path }) => path !== runtimeFolder);
}

function only(path: string | undefined, to: (path: string) => string, reason: string) {
  return path === undefined ? [] : [{ path: to(path), reason }];
}
