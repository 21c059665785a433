import { Duplex } from 'node:stream';

/** Kinds of messages. Source: MS-TDS 2.2.3.1.1. */
export const kinds = { batch: 1, answer: 4, attention: 6, login: 16, prelogin: 18 } as const;

const headBytes = 8;
const packetBytes = 4096;
const last = 0x01;

export interface TdsMessage {
  readonly kind: number;
  readonly body: Buffer;
}

/** Puts messages together out of what comes in. */
export class PacketReader {
  #pending = Buffer.alloc(0);
  #parts: Buffer[] = [];

  *take(bytes: Buffer): Generator<TdsMessage> {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    while (this.#pending.length >= headBytes) {
      const length = this.#pending.readUInt16BE(2);
      if (this.#pending.length < length) return;
      const [kind = 0, status = 0] = this.#pending;
      this.#parts.push(this.#pending.subarray(headBytes, length));
      this.#pending = this.#pending.subarray(length);
      if ((status & last) === 0) continue;
      const body = Buffer.concat(this.#parts);
      this.#parts = [];
      yield { kind, body };
    }
  }
}

/** A part of a message; the last one ends it. */
export function packets(kind: number, body: Buffer, isLast = true): Buffer {
  const room = packetBytes - headBytes;
  const count = Math.max(1, Math.ceil(body.length / room));
  return Buffer.concat(
    Array.from({ length: count }, (_, at) => {
      const part = body.subarray(at * room, (at + 1) * room);
      const head = Buffer.from([
        kind,
        isLast && at === count - 1 ? last : 0,
        0,
        0,
        0,
        0,
        at + 1,
        0,
      ]);
      head.writeUInt16BE(part.length + headBytes, 2);
      return Buffer.concat([head, part]);
    }),
  );
}

/** While they agree on keys the records of TLS lie in packets; the first that comes bare ends that. */
export class TlsInPackets extends Duplex {
  readonly #socket: Duplex;
  readonly #reader = new PacketReader();
  #isBare = false;

  constructor(socket: Duplex) {
    super();
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => this.#take(bytes));
    socket.on('close', () => this.push(null));
  }

  #take(bytes: Buffer): void {
    if (bytes[0] !== kinds.prelogin) this.#isBare = true;
    if (this.#isBare) this.push(bytes);
    else for (const { body } of this.#reader.take(bytes)) this.push(body);
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: string, written: () => void): void {
    this.#socket.write(this.#isBare ? bytes : packets(kinds.prelogin, bytes), written);
  }
}
