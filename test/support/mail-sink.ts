import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as they came. */
  readonly raw: string;
  readonly subject: string;
  readonly secure: boolean;
  readonly user: string | undefined;
}

/** A real SMTP server that keeps what it is sent. */
export interface MailSink extends AsyncDisposable {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
}

export async function startMailSink(options: SMTPServerOptions = {}): Promise<MailSink> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key === undefined ? ['STARTTLS'] : [],
    onAuth({ username, password }, _session, answer) {
      if (username === 'kedge' && password === 'right') answer(null, { user: username });
      else answer(new Error('no such user'));
    },
    onData(stream, { envelope, secure, user }, done) {
      text(stream).then((raw) => {
        const sender = envelope.mailFrom;
        mails.push({
          from: sender === false ? '' : sender.address,
          to: envelope.rcptTo.map(({ address }) => address),
          raw,
          subject: subjectIn(raw),
          secure,
          user: user === undefined ? undefined : String(user),
        });
        done();
      }, done);
    },
    ...options,
  });
  // A client that gives up, as some tests want.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const { port } = listening.address() as AddressInfo;
  return {
    port,
    mails,
    [Symbol.asyncDispose]: async () =>
      await new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function subjectIn(raw: string): string {
  const [, folded = ''] = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(raw) ?? [];
  return folded
    .replaceAll(/\r\n[ \t]/g, ' ')
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?Q\?(.*?)\?=/g, (_, word: string) => unquoted(word));
}

function unquoted(word: string): string {
  const bytes = word
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(bytes, 'latin1').toString();
}

/** A certificate for 127.0.0.1 that only who has its file trusts. */
export function ownCertificate(folder: string): { key: Buffer; cert: Buffer; path: string } {
  const keyPath = join(folder, 'key.pem');
  const path = join(folder, 'cert.pem');
  const names = ['-subj', '/CN=mail', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', keyPath, '-out', path];
  const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  execFileSync('openssl', [...kind, '-nodes', '-days', '2', ...names, ...files], {
    stdio: 'ignore',
  });
  return { key: readFileSync(keyPath), cert: readFileSync(path), path };
}
