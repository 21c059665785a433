import type { Attribute } from '../os/attributes/attribute.ts';
import type { MemberKind } from './member.ts';
import { attributePrefix, checksumOf, ownerLimit, tarBlock } from './tar-header.ts';

/** A tar header as it stands in the archive, pax records applied. Directories have no slash at the end. */
export interface TarEntry {
  readonly name: Buffer;
  readonly kind: MemberKind;
  readonly sizeBytes: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly user: string;
  readonly group: string;
  readonly mtimeNs: bigint;
  readonly linkTarget?: Buffer;
  readonly attributes: readonly Attribute[];
  readonly acl?: string;
  readonly defaultAcl?: string;
}

/** Where the blocks of a tar come from. */
export interface TarInput {
  take(length: number): Promise<Buffer>;
}

const kinds: Readonly<Record<string, MemberKind>> = {
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '5': 'directory',
  '6': 'fifo',
};
const paxLimit = 1 << 20;
const slash = 0x2f;

/** The next entry; undefined at a zero block, which ends a tar. Throws what is wrong with a header. */
export async function readTarEntry(input: TarInput): Promise<TarEntry | undefined> {
  const block = await input.take(tarBlock);
  if (block.every((byte) => byte === 0)) return undefined;
  checkBlock(block);
  if (flagOf(block) !== 'x') return toEntry(block, new Map());
  const size = octal(block, 124, 12);
  if (size > paxLimit) throw new RangeError('a pax header is too long');
  const padded = await input.take(Math.ceil(size / tarBlock) * tarBlock);
  const records = parsePax(padded.subarray(0, size));
  const next = await input.take(tarBlock);
  checkBlock(next);
  return toEntry(next, records);
}

function checkBlock(block: Buffer): void {
  if (octal(block, 148, 7) !== checksumOf(block)) throw new RangeError('a tar header has changed');
  if (block.toString('latin1', 257, 265) !== 'ustar\u000000') {
    throw new RangeError('a tar header is not of the posix format');
  }
}

function toEntry(block: Buffer, pax: ReadonlyMap<string, Buffer>): TarEntry {
  const kind = kinds[flagOf(block)];
  if (kind === undefined)
    throw new RangeError(`tar entries of type "${flagOf(block)}" are refused`);
  const path = pax.get('path') ?? field(block, 0, 100);
  const name = kind === 'directory' && path.at(-1) === slash ? path.subarray(0, -1) : path;
  const link = pax.get('linkpath') ?? field(block, 157, 100);
  return {
    name,
    kind,
    sizeBytes: number(pax.get('size')) ?? octal(block, 124, 12),
    mode: octal(block, 100, 8),
    uid: owner(number(pax.get('uid')) ?? octal(block, 108, 8)),
    gid: owner(number(pax.get('gid')) ?? octal(block, 116, 8)),
    user: (pax.get('uname') ?? field(block, 265, 32)).toString(),
    group: (pax.get('gname') ?? field(block, 297, 32)).toString(),
    mtimeNs: time(pax.get('mtime')) ?? BigInt(octal(block, 136, 12)) * 1_000_000_000n,
    ...(link.length > 0 && { linkTarget: link }),
    attributes: attributesIn(pax),
    ...aclIn('acl', pax.get('SCHILY.acl.access')),
    ...aclIn('defaultAcl', pax.get('SCHILY.acl.default')),
  };
}

function attributesIn(pax: ReadonlyMap<string, Buffer>): readonly Attribute[] {
  const found: Attribute[] = [];
  for (const [key, value] of pax) {
    if (!key.startsWith(attributePrefix)) continue;
    const name = key.slice(attributePrefix.length).replaceAll('%3D', '=').replaceAll('%25', '%');
    found.push({ name: Buffer.from(name, 'latin1'), value });
  }
  return found;
}

function aclIn<K extends 'acl' | 'defaultAcl'>(key: K, value: Buffer | undefined) {
  return value === undefined ? {} : { [key]: value.toString() };
}

function owner(id: number): number {
  if (id > ownerLimit) throw new RangeError('a tar header has an owner that can not be');
  return id;
}

function flagOf(block: Buffer): string {
  return block.toString('latin1', 156, 157);
}

function field(block: Buffer, at: number, width: number): Buffer {
  const bytes = block.subarray(at, at + width);
  const end = bytes.indexOf(0);
  return end === -1 ? bytes : bytes.subarray(0, end);
}

function octal(block: Buffer, at: number, width: number): number {
  const digits = field(block, at, width).toString('latin1').trim();
  if (!/^[0-7]{1,11}$/.test(digits)) throw new RangeError('a number in a tar header is not octal');
  return Number.parseInt(digits, 8);
}

function number(value: Buffer | undefined): number | undefined {
  if (value === undefined) return undefined;
  const digits = value.toString('latin1');
  if (!/^\d{1,16}$/.test(digits) || !Number.isSafeInteger(Number(digits))) {
    throw new RangeError('a number in a pax header is not decimal');
  }
  return Number(digits);
}

/** Seconds with up to nine decimals, as ns. */
function time(value: Buffer | undefined): bigint | undefined {
  if (value === undefined) return undefined;
  const parts = /^(-?)(\d{1,12})(?:\.(\d{1,9}))?$/.exec(value.toString('latin1'));
  if (parts === null) throw new RangeError('a time in a pax header is not decimal');
  const [, sign = '', seconds = '0', fraction = ''] = parts;
  const ns = BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
  return sign === '-' ? -ns : ns;
}

function parsePax(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const records = new Map<string, Buffer>();
  for (let at = 0; at < bytes.length; ) {
    const blank = bytes.indexOf(' ', at);
    const length = Number(bytes.toString('latin1', at, blank === -1 ? at : blank));
    const equals = bytes.indexOf('=', at);
    const end = at + length;
    const whole = blank !== -1 && length > 0 && equals > blank && equals < end;
    if (!whole || bytes[end - 1] !== 0x0a) throw new RangeError('a pax record has changed');
    records.set(bytes.toString('latin1', blank + 1, equals), bytes.subarray(equals + 1, end - 1));
    at = end;
  }
  return records;
}
