import { join } from 'node:path';
import { clinicDatabase, type ServerPlaces } from './server-places.ts';
import { asServerUser } from './server-user.ts';

const words = (argv: readonly string[]): string =>
  argv.map((word) => JSON.stringify(word)).join(', ');

/** The clinic's database among the sources. */
export function serverSourceText({ socket }: ServerPlaces): string {
  const { name, keeper } = clinicDatabase;
  return `{
      "engine": "postgres",
      "database": "${name}",
      "socket": ${JSON.stringify(socket)},
      "user": "${keeper}"
    }`;
}

/** The server among the services: pg_ctl is what an init script would call. */
export function serverText(bin: string, { data, socket }: ServerPlaces): string {
  const { name, keeper } = clinicDatabase;
  const control = (...args: readonly string[]): string =>
    words(asServerUser([join(bin, 'pg_ctl'), '-D', data, ...args]));
  const database = { engine: 'postgres', name, socket, user: keeper };
  return `      "manager": "command",
      "role": "database",
      "start": [${control('-w', '-t', '20', 'start')}],
      // "fast" ends the connections; without it a stop waits until the last client has gone.
      "stop": [${control('-w', '-m', 'fast', 'stop')}],
      "status": [${control('status')}],
      "pidFile": ${JSON.stringify(join(data, 'postmaster.pid'))},
      "database": ${JSON.stringify(database)},
      "probes": [{ "kind": "sql" }],
      "startTimeoutSeconds": 20,
      "stableSeconds": 0.5,
      "autoStart": true,
      "stopWithAgent": true`;
}
