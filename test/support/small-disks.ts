import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { type RunningKedge, startKedgeThrough } from './kedge.ts';

/** A folder that is a file system of its own for the Kedge that is started, with what was in it before. */
export interface SmallDisk {
  readonly folder: string;
  readonly sizeBytes?: number;
  /** Files, folders and names, the root of it included. */
  readonly files?: number;
  /** So much is free when Kedge starts; absent: all that is left. */
  readonly freeBytes?: number;
}

/** A Kedge that alone sees these disks; they are gone when it ends. */
export interface KedgeOnDisks extends RunningKedge {
  /** The path by which others see what Kedge sees there. */
  inside(path: string): string;
}

/** `test` for what starts Kedge so: skipped aloud where no namespaces may be made, failing where CI=true. */
export function testWithDisks(): typeof test | typeof test.skip {
  const made = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']);
  if (made.status === 0) return test;
  const why = 'tests on full disks need "unshare -rm", which does not work here';
  if (process.env['CI'] === 'true') throw new Error(why);
  process.stderr.write(`SKIPPED: ${why}\n`);
  return test.skip;
}

export async function startKedgeOnDisks(
  home: string,
  disks: readonly SmallDisk[],
): Promise<KedgeOnDisks> {
  const script = [...disks.map(mountLine), 'exec "$@"'].join(' && ');
  const kedge = await startKedgeThrough(['unshare', '-rm', 'sh', '-c', script, 'sh'], home);
  return { ...kedge, inside: (path) => join('/proc', String(kedge.process.pid), 'root', path) };
}

function mountLine({ folder, sizeBytes, files, freeBytes }: SmallDisk): string {
  const before = `${folder}.before`;
  renameSync(folder, before);
  mkdirSync(folder);
  const size = sizeBytes === undefined ? '' : `,size=${sizeBytes}`;
  const inodes = files === undefined ? '' : `,nr_inodes=${files}`;
  const options = `mode=0700${size}${inodes}`;
  const filled = `{ cat /dev/zero > '${folder}/filler'; truncate -s -${freeBytes} '${folder}/filler'; }`;
  const fill = freeBytes === undefined ? '' : ` && ${filled}`;
  return `mount -t tmpfs -o ${options} tmpfs '${folder}' && cp -a '${before}/.' '${folder}'${fill}`;
}
