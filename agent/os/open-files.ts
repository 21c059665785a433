import { readlinkSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { errorCode } from './error-code.ts';
import { lockHolders } from './file-locks.ts';
import { type OwnerNames, readOwnerNames } from './owner-names.ts';
import { processStart } from './process-start.ts';

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

/** Who has files open, with what may be known of everybody's process. */
export interface FileClient extends Opener {
  readonly user: string;
  readonly sinceMs?: number;
}

/**
 * The same, and those of other users that hold a lock on one: the table of locks may be read by everybody. In WAL mode
 * an idle connection to an SQLite database holds one on its -shm.
 */
export async function findFileClients(paths: readonly string[]): Promise<readonly FileClient[]> {
  const [openers, holders] = await Promise.all([findOpeners(paths), findLockHolders(paths)]);
  const seen = new Set(openers.map(({ pid }) => pid));
  const names = readOwnerNames();
  const found: FileClient[] = [];
  for (const each of [...openers, ...holders.filter(({ pid }) => !seen.has(pid))]) {
    const client = await describe(each, names);
    if (client !== undefined) found.push(client);
  }
  return found;
}

async function findLockHolders(paths: readonly string[]): Promise<readonly Opener[]> {
  const found = new Map<number, Opener>();
  for (const path of paths) {
    const file = await stat(path, { bigint: true }).catch(() => undefined);
    if (file === undefined) continue;
    for (const pid of await lockHolders(file))
      if (pid > 0 && pid !== process.pid)
        found.set(pid, { pid, path, program: await programOf(pid) });
  }
  return [...found.values()];
}

async function describe(opener: Opener, { users }: OwnerNames): Promise<FileClient | undefined> {
  // Its folder belongs to the user that it runs as.
  const folder = await stat(`/proc/${opener.pid}`).catch(() => undefined);
  if (folder === undefined) return undefined;
  const sinceMs = processStart(opener.pid);
  const user = users.get(folder.uid) ?? String(folder.uid);
  return { ...opener, user, ...(sinceMs === undefined ? {} : { sinceMs }) };
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
