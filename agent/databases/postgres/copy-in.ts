import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { Client } from 'pg';
import { errorMessage } from '../../os/error-code.ts';

/** What pg tells of a statement that it sends; of others than `submit` its types say nothing. */
interface Copying {
  submit(connection: Client['connection']): void;
  handleCopyInResponse(): void;
  handleCommandComplete(message: { readonly text: string }): void;
  handleReadyForQuery(): void;
  handleError(error: Error): void;
}

/**
 * Runs a `COPY ... FROM STDIN` with `content` as what it reads; answers how many rows came. Ends when the server is
 * ready again, so that a transaction can go on. What `content` throws is thrown, and nothing of it stays.
 */
export async function copyIn(
  client: Client,
  sql: string,
  content: AsyncIterable<Uint8Array>,
): Promise<number> {
  const { promise: ended, resolve, reject } = Promise.withResolvers<number>();
  const stopping = new AbortController();
  let [rows, failed]: [number, unknown] = [0, undefined];
  const { stream } = client.connection;
  const fail = (error: unknown): void => {
    failed ??= error;
    stopping.abort();
  };
  const send = async (): Promise<void> => {
    try {
      for await (const bytes of content) {
        if (stopping.signal.aborted) return;
        await write(stream, frame('d', bytes), stopping.signal);
      }
      if (!stopping.signal.aborted) stream.write(frame('c', nothing));
    } catch (error) {
      if (stopping.signal.aborted) return;
      fail(error);
      stream.write(frame('f', Buffer.from(`${errorMessage(error)}\0`)));
    }
  };
  const copying: Copying = {
    submit: (connection) => connection.query(sql),
    handleCopyInResponse: () => void send(),
    handleCommandComplete: ({ text }) => {
      rows = Number(/^COPY (\d+)$/.exec(text)?.[1] ?? 0);
    },
    handleReadyForQuery: () => resolve(rows),
    handleError: (error) => {
      fail(error);
      reject(failed);
    },
  };
  client.query(copying);
  return await ended;
}

const nothing = Buffer.alloc(0);
const lengthBytes = 4;

/** A message of the protocol. Source: PostgreSQL manual, 55.7 "Message Formats", CopyData, CopyDone, CopyFail. */
function frame(kind: 'd' | 'c' | 'f', bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(1 + lengthBytes);
  head.write(kind);
  head.writeUInt32BE(lengthBytes + bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** As fast as the server takes it. */
async function write(stream: Duplex, bytes: Buffer, signal: AbortSignal): Promise<void> {
  if (stream.write(bytes)) return;
  await once(stream, 'drain', { signal });
}
