import { createHash } from 'node:crypto';
import type { ServerStream } from '../server-stream.ts';
import { errorOf, type Message, readMessage, writeMessage } from './messages.ts';
import { type Scram, scram } from './scram.ts';

export interface Login {
  readonly user: string;
  readonly password: string | undefined;
  /** The password may be sent as it is: nobody can listen. */
  readonly isPrivate: boolean;
}

/** Answers what the server asks until it lets in; throws SqlError where it does not. */
export async function logIn(
  stream: ServerStream,
  login: Login,
  signal: AbortSignal,
): Promise<void> {
  let exchange: Scram | undefined;
  for (;;) {
    const message = await readMessage(stream, signal);
    if (message.type === 'E') throw errorOf(message.body);
    if (message.type !== 'R') continue;
    const rest = message.body.subarray(4);
    const asked = message.body.readInt32BE(0);
    if (asked === 0) return;
    if (asked === 10) exchange = beginScram(stream, login, rest);
    else if (asked === 11) await continueScram(stream, exchange, rest);
    else if (asked === 12) exchange?.finish(rest.toString());
    else send(stream, plainAnswer(asked, login, rest));
  }
}

const ways: Readonly<Record<number, string>> = { 2: 'Kerberos', 7: 'GSSAPI', 9: 'SSPI' };

function plainAnswer(asked: number, login: Login, salt: Buffer): string {
  const password = passwordOf(login);
  if (asked === 5) return `md5${md5(`${md5(`${password}${login.user}`)}`, salt)}`;
  if (asked !== 3)
    throw new Error(
      `it asks for a login by ${ways[asked] ?? `method ${asked}`}, which Kedge has not`,
    );
  if (!login.isPrivate) throw new Error('it asks for the password in the clear, without TLS');
  return password;
}

function passwordOf({ password }: Login): string {
  if (password === undefined) throw new Error('it asks for a password, and none is configured');
  return password;
}

function md5(text: string, salt: Uint8Array = Buffer.alloc(0)): string {
  return createHash('md5').update(text).update(salt).digest('hex');
}

function send(stream: ServerStream, text: string): void {
  writeMessage(stream, 'p', Buffer.from(`${text}\0`));
}

function beginScram(stream: ServerStream, login: Login, offered: Buffer): Scram {
  if (!offered.toString().split('\0').includes('SCRAM-SHA-256'))
    throw new Error('it offers no login by SCRAM-SHA-256');
  const exchange = scram(passwordOf(login));
  const length = Buffer.alloc(4);
  length.writeInt32BE(exchange.first.length);
  const name = Buffer.from('SCRAM-SHA-256\0');
  writeMessage(stream, 'p', Buffer.concat([name, length, Buffer.from(exchange.first)]));
  return exchange;
}

async function continueScram(
  stream: ServerStream,
  exchange: Scram | undefined,
  challenge: Message['body'],
): Promise<void> {
  if (exchange === undefined) throw new Error('it goes on with a login that was not begun');
  writeMessage(stream, 'p', Buffer.from(await exchange.answer(challenge.toString())));
}
