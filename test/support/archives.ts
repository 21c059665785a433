import { basename } from 'node:path';
import { fileOutput } from '../../agent/archive/archive-output.ts';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import {
  type ArchiveIdentity,
  type ArchiveTotals,
  type NewMember,
  openArchiveWriter,
} from '../../agent/archive/archive-writer.ts';
import { BaseMembers } from '../../agent/archive/base-members.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import type { MemberHeader } from '../../agent/archive/member.ts';
import type { RangedReader } from '../../agent/archive/ranged-reader.ts';
import { verifyArchive } from '../../agent/archive/verify-archive.ts';
import { createFile } from '../../agent/os/files.ts';
import { KedgeError } from '../../protocol/failures.ts';

/** 21 November 2026, 02:00 in Tehran. */
const capturedAtNs = 1_795_213_800_000_000_000n;

export const signal = new AbortController().signal;

export const identity: ArchiveIdentity = {
  backupId: '0f3a9c1e5b7d2468',
  installation: 'installation-1',
  host: 'server1',
  application: { id: 'clinic', name: 'Clinic', version: '4.2' },
  capturedAtNs,
  zone: 'Asia/Tehran',
  kind: 'full',
  origin: 'manual',
  toolVersion: '0.1.0',
  engines: { files: '1', sqlite: '3.54.1' },
  applicationConfig: '{ "application": { "id": "clinic" } } // as it was\n',
};

export function memberHeader(
  name: string | Buffer,
  changes: Partial<MemberHeader> = {},
): MemberHeader {
  return {
    name: Buffer.from(name),
    kind: 'file',
    sizeBytes: 0,
    mode: 0o640,
    uid: 1000,
    gid: 1001,
    user: 'clinic',
    group: 'staff',
    mtimeNs: capturedAtNs + 123_456_789n,
    ...changes,
  };
}

/** A member of source `files`, or of the source that its name begins with. */
export function fileMember(
  name: string | Buffer,
  content: Uint8Array | string,
  changes: Partial<MemberHeader> = {},
): NewMember {
  const bytes = Buffer.from(content);
  const header = memberHeader(name, { sizeBytes: bytes.length, ...changes });
  return { header, content: bytes, engine: 'files' };
}

/** A member without content. */
export function emptyMember(
  name: string | Buffer,
  kind: MemberHeader['kind'],
  linkTarget?: string | Buffer,
): NewMember {
  const link = linkTarget === undefined ? {} : { linkTarget: Buffer.from(linkTarget) };
  return {
    header: memberHeader(name, { kind, ...link }),
    content: Buffer.alloc(0),
    engine: 'files',
  };
}

export async function writeArchive(
  path: string,
  members: Iterable<NewMember>,
): Promise<ArchiveTotals> {
  await using file = await createFile(path);
  await using writer = await openArchiveWriter(
    fileOutput(file, path, true),
    path,
    identity,
    signal,
  );
  for (const member of members) await writer.add(member, () => undefined);
  return await writer.finish({ outcome: 'complete', gaps: [] });
}

/** The same as a differential against the full in `basePath`. */
export async function writeDifferential(
  path: string,
  basePath: string,
  members: Iterable<NewMember>,
  changes: Partial<ArchiveIdentity> = {},
): Promise<ArchiveTotals> {
  await using reader = await openFileReader(basePath);
  const base = await openArchive(reader);
  const known = await BaseMembers.read(base);
  if (known === undefined) throw new Error('the base is no base');
  const own: ArchiveIdentity = {
    ...identity,
    backupId: 'd1ff9c1e5b7d2468',
    kind: 'differential',
    base: {
      id: base.header.backupId,
      indexSha256: base.indexSha256,
      fileName: basename(basePath),
    },
    ...changes,
  };
  await using file = await createFile(path);
  await using writer = await openArchiveWriter(
    fileOutput(file, path, true),
    path,
    own,
    signal,
    known,
  );
  for (const member of members) await writer.add(member, () => undefined);
  return await writer.finish({ outcome: 'complete', gaps: [] });
}

/** The archive as bytes in memory, to be changed at will. */
export function memoryReader(bytes: Buffer, path = '/backups/clinic.tar.zst'): RangedReader {
  return {
    path,
    sizeBytes: bytes.length,
    read: async (offset, length) => {
      if (offset + length > bytes.length) throw new RangeError('read past the end');
      return Buffer.from(bytes.subarray(offset, offset + length));
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** One member of every sort, names that need care included. */
export function* sampleMembers(): Generator<NewMember> {
  yield emptyMember('uploads', 'directory');
  yield fileMember('uploads/letter.txt', 'Dear patient,\n');
  yield fileMember('uploads/line\nbreak \\ and\rreturn', 'odd');
  yield fileMember(Buffer.from('uploads/\xff\xfe not text', 'latin1'), 'raw name');
  yield fileMember(`uploads/${'long '.repeat(40)}/${'name '.repeat(40)}`, 'long name');
  yield fileMember('uploads/empty', '');
  yield emptyMember('uploads/latest', 'symlink', '../uploads/letter.txt');
  yield emptyMember('uploads/same', 'hardlink', 'uploads/letter.txt');
  yield emptyMember('uploads/pipe', 'fifo');
  yield fileMember('uploads/changing', 'first');
  yield fileMember('settings/clinic.ini', '[clinic]\nname = Clinic\n', { mode: 0o4755 });
  yield fileMember('uploads/changing', 'second');
}

/** Whether verify refuses these bytes, and with what code. */
export async function verifyCode(bytes: Buffer): Promise<string> {
  try {
    await verifyArchive(memoryReader(bytes), signal, () => undefined);
    return 'accepted';
  } catch (error) {
    return codeOf(error);
  }
}

export function codeOf(error: unknown): string {
  return error instanceof KedgeError ? error.failure.code : `not a failure: ${String(error)}`;
}
