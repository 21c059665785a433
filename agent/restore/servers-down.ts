import type { Config } from '../config/config.ts';
import type { TakenDown } from '../sources/restore-kind.ts';
import type { Restorable } from './restorable.ts';

/** A whole server is down while it comes back: somebody has to stop it, and nothing else can need it meanwhile. */
export async function againstServersDown(
  sources: readonly Restorable[],
  config: Pick<Config, 'services'>,
): Promise<readonly string[]> {
  const obstacles: string[] = [];
  for (const { name, restore } of sources) {
    if (restore.takesDown === undefined) continue;
    const { takesDown } = restore;
    const inIt = sources.filter((other) => other.restore.server?.engine === takesDown.engine);
    obstacles.push(
      ...inIt.map(
        (other) =>
          `source "${other.name}" is a database of the kind of server that source "${name}" brings back as a whole; that one needs it up and this one down: bring back one of them ("Only a part", or --only)`,
      ),
    );
    const running = isStopped(takesDown, config) ? undefined : await takesDown.running();
    if (running !== undefined) {
      obstacles.push(
        `source "${name}": a server runs on its data folder (${running}), and no service of the configuration with the role "database" stops it`,
      );
    }
  }
  return obstacles;
}

function isStopped({ engine }: TakenDown, { services = {} }: Pick<Config, 'services'>): boolean {
  return Object.values(services).some(
    ({ role, database }) =>
      role === 'database' && (database === undefined || database.engine === engine),
  );
}
