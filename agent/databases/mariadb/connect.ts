import type { Socket } from 'node:net';
import type { Connection, ConnectionOptions, RowDataPacket } from 'mysql2';
import * as z from 'zod';
import { ofProduct } from '../failures.ts';
import {
  answersOn,
  closeSoon,
  type ServerLogin,
  socketTo,
  tlsOptionsOf,
} from '../server-socket.ts';
import type { SqlRow, SqlSession } from '../sql-session.ts';
import { mariadbError } from './errors.ts';
import { greetedBy, type Product } from './product.ts';

export interface MariadbLogin extends ServerLogin {
  /** Absent: none. */
  readonly database?: string;
}

/** By mysql2, which is loaded when the first database is asked; text queries only. */
export async function connectMariadb(
  login: MariadbLogin,
  signal: AbortSignal,
): Promise<SqlSession> {
  const { createConnection } = await import('mysql2');
  const tls = await tlsOptionsOf(login);
  const ssl = tls === undefined ? {} : { ssl: { ...tls, verifyIdentity: true } };
  // For want of a name mysql2 leaves it to Node whose certificate this should be, and Node looks here.
  const socket = Object.assign(socketTo(login.place), { _host: login.place.host });
  let product: Product | undefined;
  socket.once('data', (greeting: Buffer) => {
    product = greetedBy(greeting);
  });
  const connection = createConnection({ ...settingsOf(login), ...ssl, stream: () => socket });
  // Without a listener the end of a connection would be the end of the process.
  connection.on('error', () => undefined);
  const answered = answersOn(socket, (error) => ofProduct(product, mariadbError(error)));
  const query = async (sql: string, until: AbortSignal): Promise<readonly SqlRow[]> => {
    const [rows] = await answered(connection.promise().query<RowDataPacket[]>(sql), until);
    // What is not a question is answered by how many rows it changed.
    return Array.isArray(rows) ? rows : [];
  };
  try {
    const version = versionIn(await answered(greetingOf(connection), signal));
    await query(`SET SESSION ${own}`, signal);
    return { version, query, [Symbol.dispose]: () => leave(connection, socket) };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/**
 * A server's settings are made for its application. A backslash in a text is what it is everywhere; what is written
 * stays without a COMMIT, and each question sees what is there now; names are quoted; all rows are answered.
 */
const own = `sql_mode = '', autocommit = 1, completion_type = 0, sql_quote_show_create = 1, sql_safe_updates = 0,
  sql_select_limit = 18446744073709551615`;

function leave(connection: Connection, socket: Socket): void {
  connection.end();
  closeSoon(socket);
}

/** By its socket the server knows who asks; there is nothing to be sent. */
const knownBySocket = () => () => Buffer.alloc(0);

function settingsOf({ place, isLocal, tls, user, password, database }: MariadbLogin) {
  const { socket, host, port } = place;
  return {
    host,
    port,
    user,
    ...(socket === undefined ? {} : { socketPath: socket }),
    ...(password === undefined ? {} : { password }),
    ...(database === undefined ? {} : { database }),
    charset: 'utf8mb4',
    // The signal of each order is its deadline.
    connectTimeout: 0,
    multipleStatements: false,
    // A server must not ask for files of this machine.
    flags: ['-LOCAL_FILES'],
    // Nor make code out of the names of columns.
    disableEval: true,
    trace: false,
    typeCast: (field) => field.string('utf8'),
    enableCleartextPlugin: isLocal || tls !== undefined,
    authPlugins: { unix_socket: knownBySocket, auth_socket: knownBySocket },
  } satisfies ConnectionOptions;
}

function greetingOf(connection: Connection): Promise<unknown> {
  return new Promise((resolve, reject) => {
    connection.once('connect', resolve);
    connection.once('error', reject);
  });
}

const Greeting = z.object({ serverVersion: z.string() });

/** What a replica of long ago could not understand otherwise stands in front of MariaDB's own. */
function versionIn(greeting: unknown): string {
  return Greeting.parse(greeting).serverVersion.replace(/^5\.5\.5-/, '');
}
