import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import { type Login, preloginAnswer, readLogin } from './login.ts';
import { kinds, PacketReader, packets, TlsInPackets } from './packets.ts';
import {
  databaseChange,
  done,
  error,
  info,
  loginAck,
  type Message,
  type Row,
  result,
} from './tokens.ts';

/** What a server says instead of an answer. */
export class TdsError extends Error {
  readonly messages: readonly Message[];
  constructor(...messages: readonly Message[]) {
    super(messages[0]?.text ?? '');
    this.messages = messages;
  }
}

/** One connection, logged in. */
export interface TdsSession {
  readonly id: number;
  readonly login: Login;
  readonly sinceMs: number;
  database: string;
  /** How far its statement is. */
  percent: number;
  /** Ends it as KILL does. */
  kill(): void;
}

/** Where a statement puts its answer. */
export interface TdsAnswer {
  rows(columns: readonly string[], rows: readonly Row[]): void;
  /** Sent at once. */
  message(message: Message): void;
  /** Fires when the client goes away or cancels. */
  readonly signal: AbortSignal;
}

/** The database engine behind the protocol. Both may throw a TdsError. */
export interface TdsEngine {
  logIn(session: TdsSession): void;
  run(session: TdsSession, sql: string, answer: TdsAnswer): Promise<void>;
  leave(session: TdsSession): void;
}

export interface TdsOptions {
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly port?: number;
}

/** Speaks TDS 7.4 to an unmodified driver. Scripted: what it answers is the engine's. */
export class TdsServer {
  readonly #engine: TdsEngine;
  readonly #options: TdsOptions;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #sessions = 50;
  port = 0;

  constructor(engine: TdsEngine, options: TdsOptions = {}) {
    this.#engine = engine;
    this.#options = options;
    this.port = options.port ?? 0;
    this.#server = createServer({ noDelay: true }, (socket) => this.#serve(socket));
  }

  async start(): Promise<void> {
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (typeof address === 'object') this.port = address?.port ?? 0;
  }

  /** As a server that dies: nobody is told goodbye. */
  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.resetAndDestroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    const reader = new PacketReader();
    const greet = (bytes: Buffer): void => {
      for (const { kind, body } of reader.take(bytes)) {
        if (kind !== kinds.prelogin) return void socket.destroy();
        socket.off('data', greet);
        const stream = this.#stream(socket, wantsTls(body));
        socket.write(packets(kinds.answer, preloginAnswer(stream !== socket)));
        this.#talk(stream, socket);
      }
    };
    socket.on('data', greet);
  }

  #stream(socket: Socket, wanted: boolean): Duplex {
    const { tls } = this.#options;
    if (tls === undefined || !wanted) return socket;
    const secureContext = createSecureContext({ ...tls, maxVersion: 'TLSv1.2' });
    const secure = new TLSSocket(new TlsInPackets(socket), { isServer: true, secureContext });
    secure.on('error', () => socket.destroy());
    return secure;
  }

  #talk(stream: Duplex, socket: Socket): void {
    const reader = new PacketReader();
    let session: TdsSession | undefined;
    let running: AbortController | undefined;
    const send = (body: Buffer, isLast = true): void => {
      if (!socket.destroyed) stream.write(packets(kinds.answer, body, isLast));
    };
    socket.on('close', () => {
      running?.abort();
      if (session !== undefined) this.#engine.leave(session);
    });
    stream.on('data', (bytes: Buffer) => {
      for (const { kind, body } of reader.take(bytes)) {
        if (kind === kinds.login) session = this.#logIn(readLogin(body), socket, send);
        if (kind === kinds.attention) {
          running?.abort();
          send(done('attention'));
        }
        if (kind !== kinds.batch || session === undefined) continue;
        running = new AbortController();
        void this.#run(session, textOf(body), running.signal, send);
      }
    });
  }

  #logIn(login: Login, socket: Socket, send: (body: Buffer) => void): TdsSession | undefined {
    this.#sessions += 1;
    const database = login.database === '' ? 'master' : login.database;
    const session: TdsSession = {
      id: this.#sessions,
      login,
      sinceMs: Date.now(),
      database,
      percent: 0,
      kill: () => void socket.destroy(),
    };
    try {
      this.#engine.logIn(session);
    } catch (failure) {
      send(Buffer.concat([...errors(failure), done('error')]));
      socket.end();
      return undefined;
    }
    send(Buffer.concat([databaseChange(database, 'master'), loginAck([16, 0, 4135]), done()]));
    return session;
  }

  async #run(
    session: TdsSession,
    sql: string,
    signal: AbortSignal,
    send: (body: Buffer, isLast?: boolean) => void,
  ): Promise<void> {
    const answer: TdsAnswer = {
      rows: (columns, rows) => send(result(columns, rows), false),
      message: (message) => send(info(message), false),
      signal,
    };
    try {
      await this.#engine.run(session, sql, answer);
      if (!signal.aborted) send(done());
    } catch (failure) {
      if (!signal.aborted) send(Buffer.concat([...errors(failure), done('error')]));
    }
  }
}

function errors(failure: unknown): readonly Buffer[] {
  if (failure instanceof TdsError) return failure.messages.map(error);
  // A statement that the engine of the tests does not know is a fault of the test.
  return [error({ number: 50_000, text: `in the scripted server: ${String(failure)}` })];
}

/** All headers come first, with their own length. */
function textOf(body: Buffer): string {
  return body.subarray(body.readUInt32LE(0)).toString('utf16le');
}

function wantsTls(body: Buffer): boolean {
  const encryption = 0x01;
  for (let at = 0; body[at] !== 0xff && at < body.length; at += 5) {
    if (body[at] !== encryption) continue;
    const value = body[body.readUInt16BE(at + 1)];
    return value === 1 || value === 3;
  }
  return false;
}
