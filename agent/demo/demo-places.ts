import { join } from 'node:path';
import { placesIn } from '../os/places.ts';
import { type ServerPlaces, serverPlaces } from './postgres/server-places.ts';
import { clinicPaths } from './seed.ts';

/** Everything of the demo, below one folder. */
export interface DemoPlaces {
  readonly home: string;
  /** Written first: says that what lies here is the demo's and may be removed with it. */
  readonly marker: string;
  readonly lock: string;
  readonly config: string;
  readonly state: string;
  readonly socket: string;
  readonly backups: string;
  readonly clinic: string;
  /** The clinic while it is being made; renamed when it is whole. */
  readonly unfinished: string;
  readonly database: string;
  readonly uploads: string;
  readonly settings: string;
  readonly run: string;
  /** Where its database is in a server. */
  readonly server: ServerPlaces;
}

export function demoPlaces(home: string): DemoPlaces {
  const { config, state, socket } = placesIn(home);
  const clinic = join(home, 'clinic');
  return {
    home,
    config,
    state,
    socket,
    marker: join(home, 'kedge-demo.json'),
    lock: join(home, 'create.lock'),
    backups: join(home, 'backups'),
    clinic,
    unfinished: join(home, 'clinic.unfinished'),
    ...clinicPaths(clinic),
    server: serverPlaces(home, clinic),
  };
}
