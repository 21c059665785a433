import type { ServerStream } from '../server-stream.ts';
import { SqlError, type SqlRow } from '../sql-session.ts';

/** A message of the server: its letter and what follows its length. Source: PostgreSQL manual, chapter 55. */
export interface Message {
  readonly type: string;
  readonly body: Buffer;
}

export async function readMessage(stream: ServerStream, signal: AbortSignal): Promise<Message> {
  const head = await stream.read(5, signal);
  const length = head.readInt32BE(1) - 4;
  if (length < 0) throw new Error('it does not speak the protocol of PostgreSQL');
  return { type: head.toString('latin1', 0, 1), body: await stream.read(length, signal) };
}

export function writeMessage(stream: ServerStream, type: string, body: Uint8Array): void {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  stream.write(Buffer.concat([head, body]));
}

/** The first one, which has no letter. */
export function writeStartup(stream: ServerStream, fields: Readonly<Record<string, string>>): void {
  const text = Object.entries(fields)
    .map(([name, value]) => `${name}\0${value}\0`)
    .join('');
  const body = Buffer.from(`${text}\0`);
  const head = Buffer.alloc(8);
  head.writeInt32BE(body.length + 8);
  head.writeInt32BE(protocolVersion, 4);
  stream.write(Buffer.concat([head, body]));
}

/** 3.0 */
const protocolVersion = 196_608;

/** Asks whether it would encrypt; its answer is one byte. */
export function writeTlsRequest(stream: ServerStream): void {
  const request = Buffer.alloc(8);
  request.writeInt32BE(8);
  request.writeInt32BE(80_877_103, 4);
  stream.write(request);
}

/** ErrorResponse: fields, each a letter and a text. */
export function errorOf(body: Buffer): SqlError {
  const fields = new Map(
    body
      .toString()
      .split('\0')
      .map((field) => [field.slice(0, 1), field.slice(1)]),
  );
  return new SqlError(fields.get('C') ?? '', fields.get('M') ?? 'it names no reason');
}

/** RowDescription: the names of the columns. */
export function columnsOf(body: Buffer): readonly string[] {
  const names: string[] = [];
  for (let at = 2; names.length < body.readInt16BE(0); ) {
    const end = body.indexOf(0, at);
    names.push(body.toString('utf8', at, end));
    // Table, column, type, its size and modifier, format.
    at = end + 1 + 18;
  }
  return names;
}

/** DataRow, in text format. */
export function rowOf(body: Buffer, columns: readonly string[]): SqlRow {
  let at = 2;
  const values = columns.map((name) => {
    const length = body.readInt32BE(at);
    const value = length === -1 ? null : body.toString('utf8', at + 4, at + 4 + length);
    at += 4 + Math.max(0, length);
    return [name, value] as const;
  });
  return Object.fromEntries(values);
}
