import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, isIP, type NetConnectOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** An answer to what Kedge asks is never near this; what is longer is no database server. */
const mostBytes = 64 << 20;

export interface ServerPlace {
  readonly socket?: string;
  readonly host: string;
  readonly port: number;
}

/** A connection that is read by whole messages. An abort ends it at once. */
export class ServerStream implements Disposable {
  #socket: Socket;
  #chunks: Buffer[] = [];
  #length = 0;
  #ended: Error | undefined;
  #wake = Promise.withResolvers<void>();
  isEncrypted = false;

  private constructor(socket: Socket) {
    this.#socket = this.#follow(socket);
  }

  static async open(place: ServerPlace, signal: AbortSignal): Promise<ServerStream> {
    const { socket: path, host, port } = place;
    const options: NetConnectOpts = path === undefined ? { host, port } : { path };
    const socket = connect(options);
    socket.setNoDelay(true);
    try {
      await once(socket, 'connect', { signal });
    } catch (error) {
      socket.destroy();
      throw error;
    }
    return new ServerStream(socket);
  }

  write(bytes: Uint8Array): void {
    if (this.#ended === undefined) this.#socket.write(bytes);
  }

  /** Exactly so many bytes. */
  async read(bytes: number, signal: AbortSignal): Promise<Buffer> {
    if (bytes > mostBytes) throw new Error(`it announced a message of ${bytes} bytes`);
    const stop = (): void => this.#end(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      while (this.#length < bytes) {
        if (this.#ended !== undefined) throw this.#ended;
        await this.#wake.promise;
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
    return this.#take(bytes);
  }

  /** From here on encrypted, and the server proven by its certificate. */
  async encrypt(host: string, ca: string | undefined, signal: AbortSignal): Promise<void> {
    // What came in the clear before the handshake must not be taken for an answer after it.
    if (this.#length > 0) throw new Error('it sent more than was asked for before encrypting');
    const trusted = ca === undefined ? {} : { ca: await readFile(ca) };
    const name = isIP(host) === 0 ? { host, servername: host } : { host };
    this.#socket.removeAllListeners('data');
    const socket = connectTls({ socket: this.#socket, ...name, ...trusted });
    await once(socket, 'secureConnect', { signal });
    this.#socket = this.#follow(socket);
    this.isEncrypted = true;
  }

  /** What was written still goes out. */
  [Symbol.dispose](): void {
    this.#socket.destroySoon();
  }

  #follow<S extends Socket>(socket: S): S {
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
      this.#stir();
    });
    socket.on('error', (error) => this.#end(error));
    socket.on('close', () => this.#end(new Error('it closed the connection')));
    return socket;
  }

  #end(reason: unknown): void {
    this.#ended ??= reason instanceof Error ? reason : new Error(String(reason));
    this.#socket.destroy();
    this.#stir();
  }

  #stir(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }

  #take(bytes: number): Buffer {
    const [first = Buffer.alloc(0)] = this.#chunks;
    // An answer of many rows comes in few chunks and is read in many small parts.
    const all = this.#chunks.length < 2 ? first : Buffer.concat(this.#chunks);
    const rest = all.subarray(bytes);
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
    return all.subarray(0, bytes);
  }
}
