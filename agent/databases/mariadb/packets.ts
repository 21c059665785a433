import type { ServerStream } from '../server-stream.ts';
import { SqlError } from '../sql-session.ts';

/** A packet holds less than this; a longer message goes on in the next. */
const fullBytes = 0xff_ff_ff;

/** Messages both ways, each with a number that counts on within one exchange. */
export interface Packets {
  readonly stream: ServerStream;
  read(signal: AbortSignal): Promise<Buffer>;
  write(body: Uint8Array): void;
  /** A new command: counts from 0 again. */
  restart(): void;
}

/** Source: MariaDB, Client/Server Protocol, "Protocol data types" and "Packet". */
export function packetsOf(stream: ServerStream): Packets {
  let sequence = 0;
  return {
    stream,
    restart() {
      sequence = 0;
    },
    async read(signal) {
      const parts: Buffer[] = [];
      for (;;) {
        const head = await stream.read(4, signal);
        const length = head.readUIntLE(0, 3);
        sequence = (head.readUInt8(3) + 1) & 0xff;
        parts.push(await stream.read(length, signal));
        if (length < fullBytes) return Buffer.concat(parts);
      }
    },
    write(body) {
      const head = Buffer.alloc(4);
      head.writeUIntLE(body.length, 0, 3);
      head.writeUInt8(sequence, 3);
      sequence = (sequence + 1) & 0xff;
      stream.write(Buffer.concat([head, body]));
    },
  };
}

/** ERR packet: number, "#" and SQLSTATE (not before the login), text. */
export function errorOf(packet: Buffer): SqlError {
  const hasState = packet.toString('latin1', 3, 4) === '#';
  return new SqlError(String(packet.readUInt16LE(1)), packet.toString('utf8', hasState ? 9 : 3));
}

export const isError = (packet: Buffer): boolean => packet[0] === 0xff;
export const isOk = (packet: Buffer): boolean => packet[0] === 0x00;
/** Also the switch to another way of logging in, while it is under way. */
export const isEnd = (packet: Buffer): boolean => packet[0] === 0xfe && packet.length < 9;

/** Numbers and texts with a length, one after the other. */
export function fieldsIn(packet: Buffer): { text(): string | null; number(): number } {
  let at = 0;
  const number = (): number => {
    const first = packet.readUInt8(at);
    const bytes = { 252: 2, 253: 3, 254: 8 }[first] ?? 0;
    const value =
      bytes === 0
        ? first
        : bytes === 8
          ? Number(packet.readBigUInt64LE(at + 1))
          : packet.readUIntLE(at + 1, bytes);
    at += 1 + bytes;
    return value;
  };
  return {
    number,
    text() {
      if (packet[at] === 0xfb) {
        at += 1;
        return null;
      }
      const length = number();
      at += length;
      return packet.toString('utf8', at - length, at);
    },
  };
}
