import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MemberHeader } from '../../archive/member.ts';
import { exists } from '../../os/files.ts';
import type { CapturedMember } from '../source.ts';
import { type Reading, smallFileBytes, streamExactly } from '../tree/read-file.ts';
import { type DumpFacts, dumpFolder, factsName, globalsName } from './dump-facts.ts';

/** The dump of a database as members: what describes it first, then a file for each table. */
export async function* dumpMembers(
  source: string,
  folder: string,
  facts: DumpFacts,
  signal: AbortSignal,
): AsyncGenerator<CapturedMember> {
  const text = Buffer.from(`${JSON.stringify(facts, undefined, 2)}\n`);
  yield directory(source);
  yield { header: header(`${source}/${factsName}`, text.length), content: text };
  const more = (await exists(join(folder, globalsName))) ? [globalsName] : [];
  yield directory(`${source}/${dumpFolder}`);
  for (const path of [...more, ...(await dumpFiles(folder))]) {
    signal.throwIfAborted();
    yield await fileMember(`${source}/${path}`, join(folder, path));
  }
}

/** In the order of their numbers, so that those of two dumps lie alike. */
async function dumpFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, dumpFolder));
  return names
    .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1))
    .map((name) => `${dumpFolder}/${name}`);
}

async function fileMember(name: string, path: string): Promise<CapturedMember> {
  const { size } = await stat(path);
  const content = size < smallFileBytes ? await readFile(path) : () => contentOf(path, size);
  return { header: header(name, size), content };
}

async function* contentOf(path: string, sizeBytes: number): AsyncGenerator<Uint8Array> {
  await using file = await open(path, 'r');
  const reading: Reading = { short: false };
  yield* streamExactly(file.fd, sizeBytes, reading);
  if (reading.short) throw reading.error ?? new Error(`"${path}" shrank while it was read`);
}

function directory(name: string): CapturedMember {
  return { header: { ...header(name, 0), kind: 'directory', mode: 0o700 }, content: empty };
}

const empty = Buffer.alloc(0);

/** Of no file that anybody has: the same in every backup, so that what did not change is not stored again. */
function header(name: string, sizeBytes: number): MemberHeader {
  const [uid, gid] = [process.geteuid?.() ?? 0, process.getegid?.() ?? 0];
  return {
    name: Buffer.from(name),
    kind: 'file',
    sizeBytes,
    mode: 0o600,
    uid,
    gid,
    mtimeNs: 0n,
  };
}
