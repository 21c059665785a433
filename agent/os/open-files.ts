import { readlinkSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorCode } from './error-code.ts';

/** A process that has one of the asked files open. */
export interface Opener {
  readonly pid: number;
  readonly program: string;
  readonly path: string;
}

/**
 * Who has these files open, as far as /proc lets this user see: of other users' processes only root does.
 * This process itself is left out. 5 ms for 120 processes.
 */
export async function findOpeners(paths: readonly string[]): Promise<readonly Opener[]> {
  const wanted = new Map<string, string>();
  for (const path of paths) {
    const key = await keyOf(path);
    if (key !== undefined) wanted.set(key, path);
  }
  if (wanted.size === 0) return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.filter((pid) => pid !== process.pid).map((pid) => openedBy(pid, wanted)),
  );
  return found.filter((opener) => opener !== undefined);
}

/** Processes whose open files this user may not see; the kernel's own threads, which open none, are left out. */
export async function countUnseen(): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const unseen = await Promise.all(
    pids.map(async (pid) => {
      const isClosed = await readdir(`/proc/${pid}/fd`).then(
        () => false,
        (error: unknown) => errorCode(error) === 'EACCES',
      );
      return isClosed && (await readFile(`/proc/${pid}/cmdline`).catch(() => '')).length > 0;
    }),
  );
  return unseen.filter(Boolean).length;
}

async function openedBy(
  pid: number,
  wanted: ReadonlyMap<string, string>,
): Promise<Opener | undefined> {
  // A process that ended meanwhile, or another user's, can't be looked into.
  const fds = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const fd of fds) {
    const link = `/proc/${pid}/fd/${fd}`;
    if (!leadsToFile(link)) continue;
    const key = await keyOf(link);
    const path = key === undefined ? undefined : wanted.get(key);
    if (path !== undefined) return { pid, program: await programOf(pid), path };
  }
  return undefined;
}

/** Pipes, sockets and terminals are most of what is open; to read a link asks no disk, as to look at a file does. */
function leadsToFile(link: string): boolean {
  try {
    const path = readlinkSync(link);
    return path.startsWith('/') && path !== '/dev/null' && !path.startsWith('/dev/pts/');
  } catch {
    // Closed meanwhile.
    return false;
  }
}

async function keyOf(path: string): Promise<string | undefined> {
  return await stat(path, { bigint: true }).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => undefined,
  );
}

/** `node server.js` rather than `node`; no further arguments, which may hold secrets. */
async function programOf(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const [program = '', script = ''] = line.split('\0');
  if (program === '') return 'unknown';
  return script.startsWith('/') ? `${basename(program)} ${basename(script)}` : basename(program);
}
