import { hash } from 'node:crypto';
import type { DiffEntry, Difference, FileVersion } from '../../protocol/domain/diff.ts';
import type { IndexMember, MemberKind } from '../archive/member.ts';
import { headerOf } from './new-member-of.ts';

const kinds: readonly MemberKind[] = ['file', 'directory', 'symlink', 'hardlink', 'fifo'];

/** Of each member: size and mtime (8 bytes each), content (32), what else was kept (8), kind, whether it was met. */
const at = { size: 0, mtime: 8, content: 16, more: 48, kind: 56, met: 57 } as const;
const recordBytes = 58;
const recordsInChunk = 4096;

/**
 * The members of one backup in some 130 bytes each, so that those of another can be held against them in any
 * order. Names are known by 96 bits of their hash.
 */
export class KnownMembers {
  readonly #ordinals = new Map<string, number>();
  readonly #chunks: Buffer[] = [];
  #count = 0;

  /** Ordinals count up from 0. */
  add(member: IndexMember): void {
    const ordinal = this.#count++;
    if (ordinal % recordsInChunk === 0) {
      this.#chunks.push(Buffer.alloc(recordBytes * recordsInChunk));
    }
    this.#ordinals.set(printOf(member.name), ordinal);
    recordOf(member).copy(this.#record(ordinal));
  }

  isMet(ordinal: number): boolean {
    return this.#record(ordinal)[at.met] === 1;
  }

  /** How a member of the other backup differs; undefined: it is the same here. */
  meet(member: IndexMember): DiffEntry | undefined {
    const ordinal = this.#ordinals.get(printOf(member.name));
    const after = versionOf(member);
    if (ordinal === undefined) return { change: 'added', ...namesOf(member.name), after };
    const record = this.#record(ordinal);
    record[at.met] = 1;
    const what = differences(record, recordOf(member));
    if (what.length === 0) return undefined;
    return {
      change: 'changed',
      ...namesOf(member.name),
      before: versionIn(record),
      after,
      what,
    };
  }

  #record(ordinal: number): Buffer {
    const start = (ordinal % recordsInChunk) * recordBytes;
    const chunk = this.#chunks[Math.floor(ordinal / recordsInChunk)];
    if (chunk === undefined) throw new RangeError(`there is no member ${ordinal}`);
    return chunk.subarray(start, start + recordBytes);
  }
}

export function removedEntry(member: IndexMember): DiffEntry {
  return { change: 'removed', ...namesOf(member.name), before: versionOf(member) };
}

function printOf(name: Buffer): string {
  return hash('sha256', name, 'binary').slice(0, 12);
}

function recordOf(member: IndexMember): Buffer {
  const record = Buffer.alloc(recordBytes);
  record.writeDoubleLE(member.sizeBytes, at.size);
  record.writeBigInt64LE(BigInt.asIntN(64, member.mtimeNs), at.mtime);
  record.set(contentOf(member), at.content);
  record.set(metadataOf(member), at.more);
  record[at.kind] = kinds.indexOf(member.kind);
  return record;
}

/** SHA-256 of the content, or of where a link leads. */
function contentOf({ sha256, linkTarget }: IndexMember): Buffer {
  if (sha256 !== undefined) return Buffer.from(sha256, 'hex');
  return linkTarget === undefined ? Buffer.alloc(0) : hash('sha256', linkTarget, 'buffer');
}

/** Owner and mode are those of the member before, mostly. */
let last = { text: '', digest: Buffer.alloc(0) };

/** Of all that was kept but for what is told apart by itself, and what a restore does not bring back. */
function metadataOf(member: IndexMember): Buffer {
  const { name: _name, kind: _kind, sizeBytes: _size, mtimeNs: _mtime, ...rest } = headerOf(member);
  const { ctimeNs: _ctime, inode: _inode, linkTarget: _target, ...kept } = rest;
  const { mode, uid, gid, user, group, ...more } = kept;
  const text = JSON.stringify([mode, uid, gid, user, group, more], (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  if (text !== last.text) last = { text, digest: hash('sha256', text, 'buffer').subarray(0, 8) };
  return last.digest;
}

function differences(before: Buffer, after: Buffer): readonly Difference[] {
  const differ = (from: number, to: number): boolean =>
    before.compare(after, from, to, from, to) !== 0;
  if (differ(at.kind, at.met)) return ['kind'];
  const content = differ(at.size, at.mtime) || differ(at.content, at.more);
  // Of a folder that changes with every file in it.
  const time = differ(at.mtime, at.content) && before[at.kind] !== kinds.indexOf('directory');
  const metadata = differ(at.more, at.kind);
  return [
    ...(content ? (['content'] as const) : []),
    ...(time ? (['time'] as const) : []),
    ...(metadata ? (['metadata'] as const) : []),
  ];
}

function versionOf({ kind, sizeBytes, mtimeNs, sha256 }: IndexMember): FileVersion {
  const modifiedMs = Number(mtimeNs / 1_000_000n);
  return { kind, sizeBytes, modifiedMs, ...(sha256 === undefined ? {} : { sha256 }) };
}

function versionIn(record: Buffer): FileVersion {
  const kind = kinds[record[at.kind] ?? 0] ?? 'file';
  const sha256 = record.toString('hex', at.content, at.more);
  return {
    kind,
    sizeBytes: record.readDoubleLE(at.size),
    modifiedMs: Number(record.readBigInt64LE(at.mtime) / 1_000_000n),
    ...(kind === 'file' ? { sha256 } : {}),
  };
}

function namesOf(bytes: Buffer): Pick<DiffEntry, 'name' | 'nameB64'> {
  const name = bytes.toString().replace(/\/$/, '');
  return Buffer.from(bytes.toString()).equals(bytes)
    ? { name }
    : { name, nameB64: bytes.toString('base64') };
}
