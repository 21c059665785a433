import { open, readFile, stat } from 'node:fs/promises';
import type { MemberHeader } from '../../archive/member.ts';
import type { CapturedMember } from '../source.ts';
import { type Reading, smallFileBytes, streamExactly } from '../tree/read-file.ts';

/** A file of a dump, from scratch. */
export async function fileMember(name: string, path: string): Promise<CapturedMember> {
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

/** What describes a dump, as the JSON that it is. */
export function factsMember(name: string, facts: object): CapturedMember {
  const text = Buffer.from(`${JSON.stringify(facts, undefined, 2)}\n`);
  return { header: header(name, text.length), content: text };
}

export function folderMember(name: string): CapturedMember {
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
