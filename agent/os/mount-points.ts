import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Absolute paths on which something is mounted in this process's view; a bind mount can't be told by its device. */
export async function mountPoints(): Promise<ReadonlySet<string>> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n');
  return new Set(lines.map((line) => unescapeOctal(line.split(' ')[4] ?? '')));
}

/** Path of the device whose file system holds this real path, symlinks resolved; undefined: no device of a drive. */
export async function deviceAt(path: string): Promise<string | undefined> {
  const nearest = await mountAt(path);
  // Where no drive is plugged in its folder lies on the disk of the system.
  if (nearest === undefined || (nearest.point === '/' && path !== '/')) return undefined;
  if (!nearest.source.startsWith('/dev/')) return undefined;
  return await realpath(nearest.source).catch(() => undefined);
}

/** The kind of file system that holds a path, as the kernel calls it: "ext4", "nfs4". '' where it is not known. */
export async function fileSystemAt(path: string): Promise<string> {
  return (await mountAt(await realpath(path)))?.type ?? '';
}

interface Mount {
  readonly point: string;
  readonly type: string;
  readonly source: string;
}

/** Everything mounted in this process's view, in the order in which it was mounted. */
export async function readMounts(): Promise<readonly Mount[]> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).trimEnd().split('\n');
  return lines.map((line) => {
    const [own = '', mounted = ''] = line.split(' - ');
    const [type = '', source = ''] = mounted.split(' ');
    return { point: unescapeOctal(own.split(' ')[4] ?? ''), type, source: unescapeOctal(source) };
  });
}

async function mountAt(path: string): Promise<Mount | undefined> {
  const mounts = await readMounts();
  const above = mounts.filter(
    ({ point }) => point === '/' || path === point || path.startsWith(`${point}/`),
  );
  // Of several at one point the last covers the others.
  return above.toReversed().toSorted((a, b) => b.point.length - a.point.length)[0];
}

/** Whether something is mounted on a path, symlinks on its way resolved. */
export async function isMountPoint(path: string): Promise<boolean> {
  if ((await mountPoints()).has(path)) return true;
  const [own, parent] = await Promise.all([deviceOf(path), deviceOf(dirname(path))]);
  return own !== undefined && parent !== undefined && own !== parent;
}

async function deviceOf(path: string): Promise<number | undefined> {
  return await stat(path).then(
    ({ dev }) => dev,
    () => undefined,
  );
}

/** The kernel writes blanks, tabs, newlines and backslashes as \040 and so on. */
function unescapeOctal(text: string): string {
  return text.replaceAll(/\\(\d{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
