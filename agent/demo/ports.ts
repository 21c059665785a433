import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { errorCode } from '../os/error-code.ts';
import { type Ports, type ServiceName, serviceNames } from './app/clinic-settings.ts';

/** Three ports that are free now, given by the kernel. */
export async function freePorts(): Promise<Ports> {
  // Held all at once: let go in between, the kernel might give the same one again.
  const held = await Promise.all([listen(0), listen(0), listen(0)]);
  const [database, host, agent] = await Promise.all(held.map(release));
  if (database === undefined || host === undefined || agent === undefined) {
    throw new Error('the kernel gave no port');
  }
  return { database, host, agent };
}

/** The services of a clinic whose port is in use by some other program. */
export async function takenPorts(ports: Ports, run: string): Promise<readonly ServiceName[]> {
  const taken: ServiceName[] = [];
  for (const name of serviceNames) {
    if ((await isTaken(ports[name])) && (await runningPid(run, name)) === undefined) {
      taken.push(name);
    }
  }
  return taken;
}

/** The process of a service of the clinic, hung ones too, if it runs. */
export async function runningPid(run: string, name: ServiceName): Promise<number | undefined> {
  const pid = Number(await readOrEmpty(join(run, `${name}.pid`)));
  if (!Number.isInteger(pid) || pid < 1) return undefined;
  // The number may be another program's by now.
  const argv = (await readOrEmpty(`/proc/${pid}/cmdline`)).split('\0');
  const settings = join(run, '..', 'settings', 'clinic.json');
  return argv.includes(settings) && argv.some((word) => isApp(word, name)) ? pid : undefined;
}

function isApp(word: string, name: ServiceName): boolean {
  return word.endsWith(`/${name}.js`) || word.endsWith(`/${name}.ts`);
}

async function readOrEmpty(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch((error: unknown) => {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(errorCode(error))) return '';
    throw error;
  });
}

async function isTaken(port: number): Promise<boolean> {
  try {
    await release(await listen(port));
    return false;
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') return true;
    throw error;
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function release(server: Server): Promise<number> {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return new Promise((resolve) => {
    server.close(() => resolve(port));
  });
}
