import * as z from 'zod';
import { AttributeFields, decodeAttributes, encodeAttributes } from './attribute-fields.ts';
import { bytes, text, textOrBytes } from './byte-text.ts';
import { type DeltaFrame, encodeDeltaFrame } from './delta-frame.ts';
import { encodeSum } from './frame-sum.ts';
import type { FrameEntry } from './frame-table.ts';
import type { IndexMember, MemberHeader } from './member.ts';
import { nameProblem } from './member-name.ts';
import { parseLine } from './parse-line.ts';
import { ownerLimit } from './tar-header.ts';

const size = z.int().nonnegative();
/** The highest number stands for nobody. */
const owner = size.max(ownerLimit);
const decimal = z
  .string()
  .regex(/^-?\d{1,20}$/)
  .transform(BigInt);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const MemberLine = z.object({
  name: text.optional(),
  nameB64: bytes.optional(),
  kind: z.enum(['file', 'directory', 'symlink', 'hardlink', 'fifo']),
  size: size.optional(),
  mode: z.int().min(0).max(0o7777),
  uid: owner,
  gid: owner,
  user: z.string().optional(),
  group: z.string().optional(),
  mtime: decimal,
  ctime: decimal.optional(),
  inode: decimal.optional(),
  link: text.optional(),
  linkB64: bytes.optional(),
  toSymlink: z.literal(true).optional(),
  ...AttributeFields.shape,
  frame: size,
  offset: size,
  sha256: sha256.optional(),
  pageSize: size.optional(),
  pages: size.optional(),
  deltas: size.optional(),
  pagesSha256: sha256.optional(),
});

/** A member's line with its newline. */
export function encodeMemberLine(member: IndexMember): Buffer {
  const line: z.input<typeof MemberLine> = {
    ...textOrBytes('name', member.name),
    kind: member.kind,
    ...(member.kind === 'file' && { size: member.sizeBytes }),
    mode: member.mode,
    uid: member.uid,
    gid: member.gid,
    ...(member.user !== undefined && { user: member.user }),
    ...(member.group !== undefined && { group: member.group }),
    mtime: String(member.mtimeNs),
    ...(member.ctimeNs !== undefined && { ctime: String(member.ctimeNs) }),
    ...(member.inode !== undefined && { inode: String(member.inode) }),
    ...(member.linkTarget && textOrBytes('link', member.linkTarget)),
    ...(member.toSymlink && { toSymlink: true }),
    ...encodeAttributes(member),
    frame: member.firstFrame,
    offset: member.offset,
    ...(member.sha256 !== undefined && { sha256: member.sha256 }),
    ...(member.pageSize !== undefined && { pageSize: member.pageSize }),
    ...(member.pagesOffset !== undefined && { pages: member.pagesOffset }),
    ...(member.deltas !== undefined && { deltas: member.deltas }),
    ...(member.pagesSha256 !== undefined && { pagesSha256: member.pagesSha256 }),
  };
  return Buffer.from(`${JSON.stringify(line)}\n`);
}

/** Throws what is wrong with the line: nothing in an archive is trusted. */
export function decodeMemberLine(line: Buffer): IndexMember {
  const { kind, ...fields } = MemberLine.parse(parseLine(line));
  const name = fields.name ?? fields.nameB64 ?? Buffer.alloc(0);
  const linkTarget = fields.link ?? fields.linkB64;
  const problem = nameProblem(name) ?? linkProblem(kind, linkTarget);
  if (problem !== undefined) throw new RangeError(`the name of a member is refused: ${problem}`);
  checkFields(kind, fields);
  return {
    name,
    kind,
    sizeBytes: fields.size ?? 0,
    mode: fields.mode,
    uid: fields.uid,
    gid: fields.gid,
    ...(fields.user !== undefined && { user: fields.user }),
    ...(fields.group !== undefined && { group: fields.group }),
    mtimeNs: fields.mtime,
    ...(fields.ctime !== undefined && { ctimeNs: fields.ctime }),
    ...(fields.inode !== undefined && { inode: fields.inode }),
    ...(linkTarget && { linkTarget }),
    ...(fields.toSymlink && { toSymlink: true }),
    ...decodeAttributes(fields),
    ...decodePlace(fields),
  };
}

type MemberFields = Omit<z.infer<typeof MemberLine>, 'kind'>;

function decodePlace(fields: MemberFields): Omit<IndexMember, keyof MemberHeader> {
  return {
    firstFrame: fields.frame,
    offset: fields.offset,
    ...(fields.sha256 !== undefined && { sha256: fields.sha256 }),
    ...(fields.pageSize !== undefined && { pageSize: fields.pageSize }),
    ...(fields.pages !== undefined && { pagesOffset: fields.pages }),
    ...(fields.deltas !== undefined && { deltas: fields.deltas }),
    ...(fields.pagesSha256 !== undefined && { pagesSha256: fields.pagesSha256 }),
  };
}

function checkFields(
  kind: MemberHeader['kind'],
  fields: { readonly [key in 'size' | 'sha256' | 'deltas' | 'sparse' | 'toSymlink']?: unknown },
): void {
  const isFile = kind === 'file';
  const hasContent = fields.size !== undefined && fields.sha256 !== undefined;
  const ofAnother =
    (!isFile && (fields.deltas ?? fields.sparse) !== undefined) ||
    (kind !== 'hardlink' && fields.toSymlink !== undefined);
  if (isFile !== hasContent || ofAnother) {
    throw new RangeError(`a ${kind} has the fields of another kind`);
  }
}

/** Only links have a target; that of a hard link is a member, that of a symlink any text without NUL. */
export function linkProblem(
  kind: MemberHeader['kind'],
  target: Buffer | undefined,
): string | undefined {
  const isLink = kind === 'symlink' || kind === 'hardlink';
  if (isLink !== (target !== undefined)) return 'it is a link without a target, or the reverse';
  if (target === undefined) return undefined;
  if (target.length === 0 || target.includes(0)) return 'the target of the link is no path';
  return kind === 'hardlink' ? nameProblem(target) : undefined;
}

const FrameLine = z.object({
  /** Place in the file, compressed size and content size. */
  at: size,
  size,
  content: size,
  /** Of the compressed bytes; in format 1 their SHA-256. */
  crc32: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .optional(),
  sha256: sha256.optional(),
  /** Of the content, or of what a delta frame unpacks to. */
  contentSha256: sha256.optional(),
  /** Of a delta frame only: size of what its payload unpacks to, and which pages or which block that is. */
  length: size.optional(),
  pages: z.array(size).optional(),
  block: size.optional(),
});
export type FrameLine = z.infer<typeof FrameLine>;

/** A frame's line with its newline. */
export function encodeFrameLine(frame: FrameEntry, delta?: DeltaFrame): Buffer {
  if (frame.sum === undefined) throw new Error('a frame was listed before it was written');
  const line: FrameLine = {
    at: frame.offset,
    size: frame.size,
    content: frame.contentSize,
    ...encodeSum(frame.sum),
    ...(frame.contentSha256 && { contentSha256: frame.contentSha256.toString('hex') }),
    ...(delta && encodeDeltaFrame(delta)),
  };
  return Buffer.from(`${JSON.stringify(line)}\n`);
}

export function decodeFrameLine(line: Buffer): FrameLine {
  return FrameLine.parse(parseLine(line));
}

const RemovedLine = z.object({ removed: text.optional(), removedB64: bytes.optional() });

/** The line of a member of the base that is gone, with its newline. */
export function encodeRemovedLine(name: Buffer): Buffer {
  return Buffer.from(`${JSON.stringify(textOrBytes('removed', name))}\n`);
}

export function decodeRemovedLine(line: Buffer): Buffer {
  const { removed, removedB64 } = RemovedLine.parse(parseLine(line));
  const name = removed ?? removedB64 ?? Buffer.alloc(0);
  const problem = nameProblem(name);
  if (problem !== undefined) throw new RangeError(`a removed name is refused: ${problem}`);
  return name;
}
