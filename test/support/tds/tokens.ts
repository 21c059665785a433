/** Of a row: what a real server would give as int, bigint, bit, uniqueidentifier, numeric(25,0) or nvarchar. */
export type Cell = string | number | bigint | boolean | Lsn | null;

/** The number of a log record: 25 digits, which a driver in JavaScript gives as a floating number. */
export class Lsn {
  readonly value: bigint;
  constructor(value: bigint) {
    this.value = value;
  }
}

export type Row = Readonly<Record<string, Cell>>;

const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

const u8 = (value: number): Buffer => Buffer.from([value]);
const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const text = (value: string): Buffer => Buffer.from(value, 'utf16le');
const short = (value: string): Buffer => Buffer.concat([u8(value.length), text(value)]);
const long = (value: string): Buffer => Buffer.concat([u16(value.length), text(value)]);
const sized = (token: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u8(token), u16(body.length), body]);
};

/** Source of all of them: MS-TDS 2.2.7. */
export function loginAck(version: readonly [number, number, number]): Buffer {
  const [major, minor, build] = version;
  const program = 'Microsoft SQL Server';
  const tds = Buffer.from([0x74, 0x00, 0x00, 0x04]);
  const built = Buffer.from([major, minor, build >> 8, build & 0xff]);
  return sized(0xad, u8(1), tds, short(program), built);
}

export function databaseChange(to: string, from: string): Buffer {
  return sized(0xe3, u8(1), short(to), short(from));
}

export interface Message {
  readonly number: number;
  readonly text: string;
}

const serverName = 'TDS-TEST';

export const info = (message: Message): Buffer => said(0xab, message, 0);
export const error = (message: Message): Buffer => said(0xaa, message, 16);

function said(token: number, { number, text: words }: Message, severity: number): Buffer {
  const head = Buffer.concat([u32(number), u8(1), u8(severity)]);
  return sized(token, head, long(words), short(serverName), short(''), u32(1));
}

/** How a statement ended. Attention: that a cancel was heard. */
export function done(how: 'ok' | 'error' | 'attention' = 'ok'): Buffer {
  const status = { ok: 0, error: 0x02, attention: 0x20 }[how];
  return Buffer.concat([u8(0xfd), u16(status), u16(0), Buffer.alloc(8)]);
}

interface Type {
  readonly head: Buffer;
  cell(value: Cell): Buffer;
}

const nvarchar: Type = {
  head: Buffer.concat([u8(0xe7), u16(8000), collation]),
  cell: (value) => {
    if (value === null) return u16(0xffff);
    const bytes = text(String(value));
    return Buffer.concat([u16(bytes.length), bytes]);
  },
};

function fixed(token: number, length: number, more: Buffer, write: (value: Cell) => Buffer): Type {
  return {
    head: Buffer.concat([u8(token), u8(length), more]),
    cell: (value) => (value === null ? u8(0) : Buffer.concat([u8(length), write(value)])),
  };
}

const none = Buffer.alloc(0);
const int = fixed(0x26, 4, none, (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(Number(value));
  return bytes;
});
const bigint = fixed(0x26, 8, none, (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(String(value)));
  return bytes;
});
const bit = fixed(0x68, 1, none, (value) => u8(value === true ? 1 : 0));
const numeric = fixed(0x6c, 13, Buffer.from([25, 0]), (value) => {
  const bytes = Buffer.alloc(13);
  bytes[0] = 1;
  const lsn = value instanceof Lsn ? value.value : 0n;
  bytes.writeBigUInt64LE(lsn & 0xffff_ffff_ffff_ffffn, 1);
  bytes.writeUInt32LE(Number(lsn >> 64n), 9);
  return bytes;
});

function typeOf(values: readonly Cell[]): Type {
  const value = values.find((each) => each !== null);
  if (typeof value === 'number') return int;
  if (typeof value === 'bigint') return bigint;
  if (typeof value === 'boolean') return bit;
  return value instanceof Lsn ? numeric : nvarchar;
}

/** A result with these columns, also where there are no rows. */
export function result(columns: readonly string[], rows: readonly Row[]): Buffer {
  const types = columns.map((column) => typeOf(rows.map((row) => row[column] ?? null)));
  const heads = columns.map((column, at) =>
    Buffer.concat([u32(0), u16(0x09), types[at]?.head ?? none, short(column)]),
  );
  const cells = rows.map((row) =>
    Buffer.concat([
      u8(0xd1),
      ...columns.map((column, at) => types[at]?.cell(row[column] ?? null) ?? none),
    ]),
  );
  return Buffer.concat([u8(0x81), u16(columns.length), ...heads, ...cells]);
}
