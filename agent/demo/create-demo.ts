import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { KedgeError } from '../../protocol/failures.ts';
import {
  exists,
  makeFolder,
  removeFile,
  removeTree,
  rename,
  syncFolder,
  writeFileAtomic,
} from '../os/files.ts';
import { type Lock, tryLock } from '../os/lock.ts';
import { initLocalStore } from '../stores/local/init.ts';
import { type Ports, portsOf } from './app/clinic-settings.ts';
import { demoConfig, refreshDemoConfig } from './demo-config.ts';
import { markerText, readDemoKind } from './demo-kind.ts';
import { type DemoPlaces, demoPlaces } from './demo-places.ts';
import { freePorts, takenPorts } from './ports.ts';
import { loadClinic } from './postgres/load-clinic.ts';
import { makeServer, syncServer } from './postgres/make-server.ts';
import { clinicDatabase, type ServerPlaces, serverPlaces } from './postgres/server-places.ts';
import { findServerPrograms } from './postgres/server-programs.ts';
import type { SeedOptions } from './seed/pace.ts';
import { seedSettings } from './seed/seed-settings.ts';
import { clinicPaths, seedDemo } from './seed.ts';

export interface DemoOptions extends SeedOptions {
  /** The clinic's database is in a PostgreSQL server of its own; of one that is made already that stays as it is. */
  readonly postgres?: boolean;
}

/**
 * Makes the demo below a folder, or completes or repairs what is there: nothing whole is made again, and
 * what was changed by hand stays. Throws already-exists where something else lies in the folder.
 */
export async function createDemo(home: string, options: DemoOptions): Promise<void> {
  const places = demoPlaces(home);
  options.onProgress(0, 'preparing');
  await makeFolder(home);
  await refuseForeignFolder(places);
  using _lock = await waitForLock(places.lock, options);
  const kind = (await readDemoKind(places.marker)) ?? (options.postgres ? 'postgres' : 'sqlite');
  const bin = kind === 'postgres' ? await findServerPrograms(options.signal) : undefined;
  await writeFileAtomic(places.marker, markerText(kind));
  await makeClinic(places, options, bin);
  const ports = await settlePorts(places);
  await settleConfig(places, ports, bin);
  options.onProgress(1, 'the clinic is ready');
}

async function refuseForeignFolder(places: DemoPlaces): Promise<void> {
  if (await exists(places.marker)) return;
  // Kedge itself may have been there first.
  const own = [places.lock, places.state, places.socket].map((path) => basename(path));
  const entries = await readdir(places.home);
  const foreign = entries.find((entry) => !own.some((name) => entry.startsWith(name)));
  if (foreign !== undefined) {
    throw new KedgeError('already-exists', { path: join(places.home, foreign) });
  }
}

/** Two starts at once: the second waits, and finds all done. */
async function waitForLock(path: string, options: SeedOptions): Promise<Lock> {
  for (;;) {
    const lock = tryLock(path);
    if (lock !== undefined) return lock;
    options.onProgress(0, 'another start is creating the demo');
    await pause(100, undefined, { signal: options.signal });
  }
}

async function makeClinic(
  places: DemoPlaces,
  options: SeedOptions,
  bin: string | undefined,
): Promise<void> {
  if (await exists(places.clinic)) return;
  const { unfinished, home } = places;
  await removeTree(unfinished);
  await makeFolder(unfinished);
  const postgres = bin === undefined ? undefined : hostPlace(places.server);
  await seedSettings(clinicPaths(unfinished).settings, await freePorts(), postgres);
  if (bin === undefined) await seedDemo(unfinished, options);
  else {
    const server = serverPlaces(home, unfinished);
    await seedDemo(unfinished, partOf(options, 0, fileShare));
    await moveIntoServer(bin, server, clinicPaths(unfinished), partOf(options, fileShare, 1));
  }
  // Renamed last: what is called "clinic" is whole.
  await rename(places.unfinished, places.clinic);
  await syncFolder(places.home);
}

/** Of a clinic whose database goes on into a server, about. */
const fileShare = 0.6;

/** The same with its progress between two parts of the whole. */
function partOf(options: SeedOptions, from: number, to: number): SeedOptions {
  const { onProgress } = options;
  return {
    ...options,
    onProgress: (fraction, text) => onProgress(from + fraction * (to - from), text),
  };
}

/** From the file that it was made in. */
async function moveIntoServer(
  bin: string,
  server: ServerPlaces,
  { database }: { readonly database: string },
  options: SeedOptions,
): Promise<void> {
  options.onProgress(0, 'database: a PostgreSQL server for it');
  await makeServer(bin, server, options.signal);
  await loadClinic(bin, server.data, database, options);
  await syncServer(bin, server, options.signal);
  await removeFile(database);
}

const hostPlace = ({ sockets }: ServerPlaces) => ({
  host: sockets,
  user: clinicDatabase.owner,
  database: clinicDatabase.name,
});

/** The ports in the clinic's settings; new ones for all where another program has taken one meanwhile. */
async function settlePorts(places: DemoPlaces): Promise<Ports> {
  const path = join(places.settings, 'clinic.json');
  const text = await readFile(path, 'utf8');
  const json: object = JSON.parse(text);
  const ports = portsOf(json);
  const taken = await takenPorts(ports, places.run);
  if (taken.length === 0) return ports;
  const free = await freePorts();
  const settled = { ...ports };
  for (const name of taken) settled[name] = free[name];
  await writeFileAtomic(path, `${JSON.stringify({ ...json, ports: settled }, undefined, 2)}\n`);
  return settled;
}

async function settleConfig(
  places: DemoPlaces,
  ports: Ports,
  bin: string | undefined,
): Promise<void> {
  const before = (await exists(places.config)) ? await readFile(places.config, 'utf8') : undefined;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  // Only with the first configuration: a marker that is gone later means that the drive is.
  if (before === undefined) await makeStore(places.backups);
  const after =
    before === undefined
      ? demoConfig(places, ports, zone, bin)
      : refreshDemoConfig(before, places, ports);
  if (after !== before) await writeFileAtomic(places.config, after);
}

async function makeStore(path: string): Promise<void> {
  await initLocalStore('local', { kind: 'local', path }, true);
}
