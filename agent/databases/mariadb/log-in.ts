import { constants, createHash, publicEncrypt } from 'node:crypto';
import { errorOf, isError, isOk, type Packets } from './packets.ts';

export interface Login {
  readonly user: string;
  readonly password: string | undefined;
  /** The password may be sent as it is: nobody can listen. */
  readonly isPrivate: boolean;
}

/** What a server says first: which way to log in, and the random bytes that a password is mixed with. */
export interface Challenge {
  readonly plugin: string;
  readonly salt: Buffer;
}

/** Goes on after the first answer was sent, until the server lets in; throws SqlError where it does not. */
export async function finishLogin(
  packets: Packets,
  login: Login,
  first: Challenge,
  signal: AbortSignal,
): Promise<void> {
  let challenge = first;
  for (;;) {
    const packet = await packets.read(signal);
    if (isError(packet)) throw errorOf(packet);
    if (isOk(packet)) return;
    if (packet[0] === 0xfe) {
      challenge = switchOf(packet);
      packets.write(answerTo(challenge, login));
    } else await sendWhole(packets, login, challenge, packet.subarray(1), signal);
  }
}

function switchOf(packet: Buffer): Challenge {
  const end = packet.indexOf(0, 1);
  // A server from before 4.1 asks for its old way with nothing behind it.
  if (end === -1) throw new Error('it asks for a login of MySQL 4.0, which Kedge has not');
  return { plugin: packet.toString('latin1', 1, end), salt: packet.subarray(end + 1, end + 21) };
}

/** What proves the password to this server in this moment. Source: MariaDB, "Authentication plugins". */
export function answerTo({ plugin, salt }: Challenge, login: Login): Buffer {
  const { password } = login;
  switch (plugin) {
    case 'mysql_native_password':
      return password === undefined ? Buffer.alloc(0) : native(password, salt);
    case 'caching_sha2_password':
      return password === undefined ? Buffer.alloc(0) : caching(password, salt);
    case 'unix_socket':
    case 'auth_socket':
      return Buffer.alloc(0);
    case 'mysql_clear_password':
      return inTheClear(login);
    default:
      throw new Error(`it asks for a login by ${plugin}, which Kedge has not`);
  }
}

function inTheClear({ password = '', isPrivate }: Login): Buffer {
  if (!isPrivate) throw new Error('it asks for the password in the clear, without TLS');
  return Buffer.from(`${password}\0`);
}

function native(password: string, salt: Buffer): Buffer {
  const once = hash('sha1', Buffer.from(password));
  return xor(once, hash('sha1', Buffer.concat([salt, hash('sha1', once)])));
}

function caching(password: string, salt: Buffer): Buffer {
  const once = hash('sha256', Buffer.from(password));
  return xor(once, hash('sha256', Buffer.concat([hash('sha256', hash('sha256', once)), salt])));
}

const hash = (name: string, bytes: Uint8Array): Buffer => createHash(name).update(bytes).digest();

function xor(one: Uint8Array, other: Uint8Array): Buffer {
  return Buffer.from(one.map((byte, at) => byte ^ (other[at % other.length] ?? 0)));
}

const [knownPassword, wholePassword] = [3, 4];
const askForKey = Buffer.from([2]);

/** caching_sha2_password: a server that has forgotten the password since its start wants all of it. */
async function sendWhole(
  packets: Packets,
  login: Login,
  { salt }: Challenge,
  more: Buffer,
  signal: AbortSignal,
): Promise<void> {
  if (more[0] === knownPassword) return;
  if (more[0] !== wholePassword) throw new Error('its answer to the login makes no sense');
  if (login.isPrivate) return packets.write(inTheClear(login));
  packets.write(askForKey);
  const key = (await packets.read(signal)).subarray(1).toString();
  const mixed = xor(Buffer.from(`${login.password ?? ''}\0`), salt);
  packets.write(publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING }, mixed));
}
