import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { KedgeError } from '../../protocol/failures.ts';
import type { Config, SourceSettings } from '../config/config.ts';
import { ownerSocket } from '../config/source-owner.ts';
import { openSource } from '../sources/source-kinds.ts';

/**
 * One owner per source on a machine: an abstract Unix socket named after the source's real path.
 * The kernel frees it when the process dies, whatever state folder it used.
 */
export interface Ownership extends AsyncDisposable {
  /** Takes what this configuration adds and frees what it drops; throws source-owned-elsewhere. */
  own(config: Config): Promise<void>;
}

export function holdOwnership(): Ownership {
  const held = new Map<string, Server>();
  const release = async (path: string): Promise<void> => {
    const server = held.get(path);
    held.delete(path);
    if (server === undefined) return;
    server.close();
    await once(server, 'close');
  };
  return {
    async own(config) {
      const wanted = new Map(
        Object.entries(config.sources).flatMap(([name, source]) =>
          placesOf(name, source).map((place) => [place, name] as const),
        ),
      );
      for (const path of held.keys()) if (!wanted.has(path)) await release(path);
      for (const [path, source] of wanted) {
        if (!held.has(path)) held.set(path, await take(path, source));
      }
    },
    [Symbol.asyncDispose]: async () => {
      for (const path of held.keys()) await release(path);
    },
  };
}

/** Paths, or what a server and a database in it are called. */
function placesOf(name: string, settings: SourceSettings): readonly string[] {
  const { paths, place } = openSource(name, settings);
  return [...paths.map(realPath), ...(place === undefined ? [] : [place])];
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

async function take(path: string, source: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  server.listen(`\0${ownerSocket(path)}`);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new KedgeError('source-owned-elsewhere', { source, path }, { cause });
  }
  return server.unref();
}
