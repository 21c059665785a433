import { readdir } from 'node:fs/promises';
import { KedgeError } from '../../protocol/failures.ts';
import { exists, removeFile, removeTree } from '../os/files.ts';
import { serviceNames } from './app/clinic-settings.ts';
import { readDemoKind } from './demo-kind.ts';
import { type DemoPlaces, demoPlaces } from './demo-places.ts';
import { runningPid } from './ports.ts';
import { runningServer } from './postgres/running-server.ts';

/**
 * Removes the demo below a folder and nothing else that lies there; nothing there is fine. Kedge must have been
 * stopped. Throws already-exists where the folder is not a demo's, busy while the clinic runs.
 */
export async function removeDemo(home: string): Promise<void> {
  const places = demoPlaces(home);
  if (!(await exists(places.marker))) {
    if (await exists(places.config))
      throw new KedgeError('already-exists', { path: places.config });
    return;
  }
  await refuseWhileRunning(places);
  const { clinic, unfinished, backups, state, config, socket, lock, server } = places;
  // In a demo without a server a folder of that name is somebody's own.
  const kind = await readDemoKind(places.marker).catch(() => undefined);
  const run = kind === 'postgres' ? [server.run] : [];
  for (const folder of [clinic, unfinished, backups, state, ...run]) await removeTree(folder);
  for (const file of [config, socket, lock, `${lock}-journal`]) await removeFile(file);
  // Last: a removal that was cut short is known by it and goes on next time.
  await removeFile(places.marker);
  if ((await readdir(home)).length === 0) await removeTree(home);
}

async function refuseWhileRunning(places: DemoPlaces): Promise<void> {
  for (const name of serviceNames) {
    const inServer = name === 'database' ? await runningServer(places.server.data) : undefined;
    const pid = (await runningPid(places.run, name)) ?? inServer;
    if (pid !== undefined) {
      const why = `its ${name} still runs (process ${pid})`;
      throw new KedgeError('busy', { what: `removing the demo in "${places.home}"`, why });
    }
  }
}
