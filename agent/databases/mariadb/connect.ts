import { type ServerPlace, ServerStream } from '../server-stream.ts';
import type { SqlRow, SqlSession } from '../sql-session.ts';
import { answerTo, type Challenge, finishLogin } from './log-in.ts';
import { errorOf, fieldsIn, isEnd, isError, isOk, type Packets, packetsOf } from './packets.ts';

export interface MariadbLogin {
  readonly place: ServerPlace;
  /** Absent: in the clear. */
  readonly tls?: { readonly ca?: string };
  readonly isLocal: boolean;
  readonly user: string;
  readonly password: string | undefined;
  /** Absent: none. */
  readonly database?: string;
}

/** Speaks protocol 10 (MySQL 4.1 and later, MariaDB), text queries only. */
export async function connectMariadb(
  login: MariadbLogin,
  signal: AbortSignal,
): Promise<SqlSession> {
  const stream = await ServerStream.open(login.place, signal);
  try {
    const packets = packetsOf(stream);
    const { version, ...challenge } = greetingOf(await packets.read(signal));
    const session = new MariadbSession(packets, version);
    await logIn(packets, login, challenge, signal);
    // So that a backslash in a text is what it is everywhere.
    await session.query("SET SESSION sql_mode = ''", signal);
    return session;
  } catch (error) {
    stream[Symbol.dispose]();
    throw error;
  }
}

/** Source: MariaDB, "Initial Handshake Packet". */
function greetingOf(packet: Buffer): Challenge & { readonly version: string } {
  if (isError(packet)) throw errorOf(packet);
  const end = packet.indexOf(0, 1);
  if (packet[0] !== 10 || end === -1) throw new Error('it does not speak the protocol of MariaDB');
  const version = packet.toString('latin1', 1, end);
  // Number of the connection, 8 bytes of salt, 0; capabilities, character set, state, length of the salt, reserved.
  const salt = end + 1 + 4;
  const rest = salt + 8 + 1 + 2 + 1 + 2 + 2 + 1 + 10;
  const saltBytes = Math.max(13, packet.readUInt8(rest - 11) - 8);
  const name = rest + saltBytes;
  const nameEnd = packet.indexOf(0, name);
  return {
    // What a replica of long ago could not understand otherwise stands in front of MariaDB's own.
    version: version.replace(/^5\.5\.5-/, ''),
    salt: Buffer.concat([packet.subarray(salt, salt + 8), packet.subarray(rest, rest + 12)]),
    plugin: packet.toString('latin1', name, nameEnd === -1 ? packet.length : nameEnd),
  };
}

/** CLIENT_LONG_PASSWORD, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION, PLUGIN_AUTH */
const capabilities = 0x1 | 0x200 | 0x2000 | 0x8000 | 0x80000;
const withDatabase = 0x8;
const withTls = 0x800;
const utf8mb4 = 45;
const largestPacket = 1 << 24;

async function logIn(
  packets: Packets,
  login: MariadbLogin,
  challenge: Challenge,
  signal: AbortSignal,
): Promise<void> {
  const { tls, place, database } = login;
  const flags =
    capabilities | (tls === undefined ? 0 : withTls) | (database === undefined ? 0 : withDatabase);
  const head = Buffer.alloc(32);
  head.writeUInt32LE(flags);
  head.writeUInt32LE(largestPacket, 4);
  head.writeUInt8(utf8mb4, 8);
  if (tls !== undefined) {
    packets.write(head);
    await packets.stream.encrypt(place.host, tls.ca, signal);
  }
  const asked = { ...login, isPrivate: login.isLocal || packets.stream.isEncrypted };
  const known = isKnown(challenge) ? challenge : { ...challenge, plugin: 'mysql_native_password' };
  const answer = answerTo(known, asked);
  packets.write(
    Buffer.concat([
      head,
      Buffer.from(`${login.user}\0`),
      Buffer.from([answer.length]),
      answer,
      Buffer.from(database === undefined ? '' : `${database}\0`),
      Buffer.from(`${known.plugin}\0`),
    ]),
  );
  await finishLogin(packets, asked, known, signal);
}

/** The server's usual way need not be this user's: it asks for another one then. */
function isKnown({ plugin }: Challenge): boolean {
  return plugin === 'mysql_native_password' || plugin === 'caching_sha2_password';
}

const queryCommand = 3;
const quitCommand = 1;
const fileRequest = 0xfb;

class MariadbSession implements SqlSession {
  readonly version: string;
  readonly #packets: Packets;

  constructor(packets: Packets, version: string) {
    this.#packets = packets;
    this.version = version;
  }

  async query(sql: string, signal: AbortSignal): Promise<readonly SqlRow[]> {
    this.#send(queryCommand, sql);
    const first = await this.#packets.read(signal);
    if (isError(first)) throw errorOf(first);
    if (isOk(first)) return [];
    if (first[0] === fileRequest) throw new Error('it asked for a file of this machine');
    const columns: string[] = [];
    for (let left = fieldsIn(first).number(); left > 0; left -= 1)
      columns.push(columnOf(await this.#packets.read(signal)));
    await this.#packets.read(signal);
    const rows: SqlRow[] = [];
    for (;;) {
      const packet = await this.#packets.read(signal);
      if (isError(packet)) throw errorOf(packet);
      if (isEnd(packet)) return rows;
      const fields = fieldsIn(packet);
      rows.push(Object.fromEntries(columns.map((name) => [name, fields.text()])));
    }
  }

  [Symbol.dispose](): void {
    this.#send(quitCommand, '');
    this.#packets.stream[Symbol.dispose]();
  }

  #send(command: number, text: string): void {
    this.#packets.restart();
    this.#packets.write(Buffer.concat([Buffer.from([command]), Buffer.from(text)]));
  }
}

/** Catalogue, database, table twice, and then the name that the query gave it. */
function columnOf(packet: Buffer): string {
  const fields = fieldsIn(packet);
  for (let skipped = 0; skipped < 4; skipped += 1) fields.text();
  return fields.text() ?? '';
}
