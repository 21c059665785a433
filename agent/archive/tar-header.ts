import { isAscii, isUtf8 } from 'node:buffer';
import type { MemberHeader, MemberKind } from './member.ts';

export const tarBlock = 512;
/** The highest number of an owner: the one above means "leave it as it is" to the system. */
export const ownerLimit = 0xfffffffe;
const nameField = 100;
const ownerField = 32;
const octal7 = 0o7777777;
const octal11 = 0o77777777777;
const nsPerSecond = 1_000_000_000n;
const newline = Buffer.from('\n');

/** In front of the name of an extended attribute in a pax keyword. */
export const attributePrefix = 'SCHILY.xattr.';

const typeFlags: Readonly<Record<MemberKind, string>> = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  directory: '5',
  fifo: '6',
};

/** Zeros that fill the last block of `sizeBytes` of content. */
export function paddingOf(sizeBytes: number): number {
  return (tarBlock - (sizeBytes % tarBlock)) % tarBlock;
}

/** The tar header of a member as GNU tar's posix format has it, pax records in front where needed. */
export function encodeTarHeader(header: MemberHeader): Buffer {
  const path =
    header.kind === 'directory' ? Buffer.concat([header.name, Buffer.from('/')]) : header.name;
  const records = paxRecords(header, path);
  const ustar = encodeUstar(header, path, typeFlags[header.kind], header.sizeBytes);
  if (records.length === 0) return ustar;
  const body = Buffer.concat(records);
  const paxName = Buffer.concat([
    Buffer.from('PaxHeaders/'),
    path.subarray(0, nameField - 'PaxHeaders/'.length),
  ]);
  return Buffer.concat([
    encodeUstar({ ...header, mode: 0o644, mtimeNs: 0n }, paxName, 'x', body.length),
    body,
    Buffer.alloc(paddingOf(body.length)),
    ustar,
  ]);
}

function paxRecords(header: MemberHeader, path: Buffer): Buffer[] {
  const records: Buffer[] = [];
  const add = (key: string, value: Buffer | string): void => {
    records.push(paxRecord(Buffer.from(key), Buffer.from(value)));
  };
  if (needsRecord(path, nameField)) add('path', path);
  if (header.linkTarget && needsRecord(header.linkTarget, nameField)) {
    add('linkpath', header.linkTarget);
  }
  if (header.sizeBytes > octal11) add('size', String(header.sizeBytes));
  if (header.uid > octal7) add('uid', String(header.uid));
  if (header.gid > octal7) add('gid', String(header.gid));
  if (header.user && needsRecord(Buffer.from(header.user), ownerField - 1)) {
    add('uname', header.user);
  }
  if (header.group && needsRecord(Buffer.from(header.group), ownerField - 1)) {
    add('gname', header.group);
  }
  if (!fitsSeconds(header.mtimeNs)) add('mtime', paxTime(header.mtimeNs));
  if (header.acl !== undefined) add('SCHILY.acl.access', header.acl);
  if (header.defaultAcl !== undefined) add('SCHILY.acl.default', header.defaultAcl);
  for (const { name, value } of header.attributes ?? []) {
    records.push(paxRecord(attributeKey(name), value));
  }
  return records;
}

/** As GNU tar since 1.29: a keyword can't hold an equals sign, which with the percent sign is written in hex. */
function attributeKey(name: Buffer): Buffer {
  const text = name.toString('latin1').replaceAll('%', '%25').replaceAll('=', '%3D');
  return Buffer.from(`${attributePrefix}${text}`, 'latin1');
}

/** Bytes that are not UTF-8 stay in the field where they fit, as a pax value is UTF-8 by its standard. */
function needsRecord(text: Buffer, field: number): boolean {
  return text.length > field || (!isAscii(text) && isUtf8(text));
}

function fitsSeconds(ns: bigint): boolean {
  return ns >= 0n && ns % nsPerSecond === 0n && ns / nsPerSecond <= BigInt(octal11);
}

/** Seconds with nine decimals; the sign stands for the whole number. */
function paxTime(ns: bigint): string {
  const size = ns < 0n ? -ns : ns;
  const fraction = String(size % nsPerSecond).padStart(9, '0');
  return `${ns < 0n ? '-' : ''}${size / nsPerSecond}.${fraction}`;
}

/** "length key=value\n", where the length counts its own digits. */
function paxRecord(key: Buffer, value: Buffer): Buffer {
  const rest = key.length + value.length + 3;
  let length = rest + String(rest).length;
  length = rest + String(length).length;
  return Buffer.concat([Buffer.from(`${length} `), key, Buffer.from('='), value, newline]);
}

function encodeUstar(header: MemberHeader, path: Buffer, flag: string, size: number): Buffer {
  const block = Buffer.alloc(tarBlock);
  const seconds = header.mtimeNs < 0n ? 0 : Number(header.mtimeNs / nsPerSecond);
  block.set(path.subarray(0, nameField), 0);
  writeOctal(block, 100, 8, header.mode);
  writeOctal(block, 108, 8, header.uid > octal7 ? 0 : header.uid);
  writeOctal(block, 116, 8, header.gid > octal7 ? 0 : header.gid);
  writeOctal(block, 124, 12, size > octal11 ? 0 : size);
  writeOctal(block, 136, 12, seconds > octal11 ? 0 : seconds);
  block.write(flag, 156, 'latin1');
  if (flag !== 'x' && header.linkTarget) block.set(header.linkTarget.subarray(0, nameField), 157);
  block.write('ustar\u000000', 257, 'latin1');
  block.set(Buffer.from(header.user ?? '').subarray(0, ownerField - 1), 265);
  block.set(Buffer.from(header.group ?? '').subarray(0, ownerField - 1), 297);
  writeOctal(block, 329, 8, 0);
  writeOctal(block, 337, 8, 0);
  block.write(`${checksumOf(block).toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1');
  return block;
}

function writeOctal(block: Buffer, at: number, width: number, value: number): void {
  block.write(value.toString(8).padStart(width - 1, '0'), at, 'latin1');
}

/** Sum of all bytes of a header block, its checksum field taken as blanks. */
export function checksumOf(block: Buffer): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < tarBlock; at++) {
    if (at < 148 || at >= 156) sum += block.readUInt8(at);
  }
  return sum;
}
