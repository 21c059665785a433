import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { basename, dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';

/** 2000-01-01: every build of the same files has the same bytes, and tar takes no offence at 1970. */
const fixedTime = '@946684800';

/** One .tar.gz of a folder, whose name is that of the folder in it. The same files give the same bytes. */
export async function packFolder(
  folder: string,
  archive: string,
  level: number = constants.Z_BEST_COMPRESSION,
): Promise<void> {
  const options = [
    ...['--create', '--format=ustar', '--sort=name', `--mtime=${fixedTime}`],
    ...['--owner=0', '--group=0', '--numeric-owner', '--mode=u+rwX,go+rX,go-w'],
  ];
  const tar = spawn('tar', [...options, '-C', dirname(folder), basename(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  const ended = once(tar, 'exit');
  await pipeline(tar.stdout, createGzip({ level }), createWriteStream(archive));
  const [code] = await ended;
  if (code !== 0) throw new Error(`tar ended with ${code}`);
}
