import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { MailRouteSettings } from '../../config/alarm-settings.ts';
import { errorMessage } from '../../os/error-code.ts';
import { resolveSecret } from '../../os/resolve-secret.ts';
import { linesOf, type Message, subjectOf } from '../message.ts';
import { NotSent, type Route } from './route.ts';

const connectMs = 15_000;
const silenceMs = 30_000;
const ports = { starttls: 587, tls: 465, none: 25 } as const;

export function mailRoute(settings: MailRouteSettings): Route {
  const { host, to, security = 'starttls', port = ports[security] } = settings;
  return {
    kind: 'mail',
    to: `${to.join(', ')} by ${host}:${port}`,
    folds: true,
    async send(messages, signal) {
      const options = await connectionOf(settings).catch((error: unknown) => {
        throw new NotSent(errorMessage(error), { cause: error });
      });
      // Loaded by those who need it: the idle daemon has not got it.
      const { createTransport } = await import('nodemailer');
      const transport = createTransport(options);
      const close = (): void => transport.close();
      signal.addEventListener('abort', close, { once: true });
      try {
        await transport.sendMail(mailOf(messages, settings));
      } catch (error) {
        signal.throwIfAborted();
        throw new NotSent(errorMessage(error), { cause: error });
      } finally {
        signal.removeEventListener('abort', close);
        transport.close();
      }
    },
  };
}

async function connectionOf(settings: MailRouteSettings) {
  const { host, security = 'starttls', port = ports[security], user, password, caFile } = settings;
  const ca = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(ca === undefined ? {} : { tls: { ca } }),
    ...(user === undefined || password === undefined
      ? {}
      : { auth: { user, pass: await resolveSecret(password) } }),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    // Mails say only what is in them: nothing is read from files or addresses for them.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function mailOf(messages: readonly Message[], { from, to }: MailRouteSettings) {
  const [first] = messages;
  const id = first?.id ?? '';
  return {
    from,
    to: [...to],
    subject: oneLine(`[${senderOf(messages)}] ${mailSubject(messages)}`),
    text: `${messages.map((message) => linesOf(message).join('\n')).join('\n\n')}\n\n-- \nKedge on ${hostname()}\n`,
    // The same at every try: a mail server that took it and whose answer was lost can tell.
    messageId: `<kedge-${id}-${messages.length}@${hostname()}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

function senderOf([first]: readonly Message[]): string {
  const { application, host = hostname() } = first?.sender ?? {};
  return application === undefined ? host : `${application.name} on ${host}`;
}

/** Of a burst how much came, and how much of it is over. */
function mailSubject(messages: readonly Message[]): string {
  const [first] = messages;
  if (first !== undefined && messages.length === 1) return subjectOf(first);
  const counts = [
    [messages.filter(({ what }) => what === 'open').length, 'problem', 'problems'],
    [messages.filter(({ what }) => what === 'cured').length, 'cured', 'cured'],
    [messages.filter(({ what }) => what === 'summary').length, 'summary', 'summaries'],
    [messages.filter(({ what }) => what === 'test').length, 'test', 'tests'],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`)
    .join(', ');
}

/** Texts come from files and programs: none of them may begin a header of its own. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}
