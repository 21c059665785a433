import { createHmac } from 'node:crypto';
import type { WebhookRouteSettings } from '../../config/alarm-settings.ts';
import { errorMessage } from '../../os/error-code.ts';
import { resolveSecret } from '../../os/resolve-secret.ts';
import { messageJson } from '../message.ts';
import { request, resolveUrl, wordUrl } from './request.ts';
import { NotSent, type Route } from './route.ts';

const defaultSeconds = 15;

export function webhookRoute(settings: WebhookRouteSettings, now: () => number): Route {
  const timeoutMs = (settings.timeoutSeconds ?? defaultSeconds) * 1000;
  return {
    kind: 'webhook',
    to: wordUrl(settings.url),
    folds: false,
    async send(messages, signal) {
      const url = await resolveUrl(settings.url);
      const secret = await signingSecret(settings);
      for (const message of messages) {
        const body = messageJson(message);
        const headers = {
          'content-type': 'application/json',
          'kedge-delivery': message.id,
          ...(secret === undefined ? {} : { 'kedge-signature': sign(body, secret, now()) }),
        };
        await request({ url, method: 'POST', headers, body, timeoutMs }, signal);
      }
    },
  };
}

async function signingSecret({ secret }: WebhookRouteSettings): Promise<string | undefined> {
  if (secret === undefined) return undefined;
  return await resolveSecret(secret).catch((error: unknown) => {
    throw new NotSent(errorMessage(error), { cause: error });
  });
}

/**
 * `t=SECONDS,v1=HEX`: HMAC-SHA256 over "SECONDS.BODY". The time is signed too, so that who receives it can refuse
 * what somebody sends again later.
 */
function sign(body: string, secret: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  const hmac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${hmac}`;
}
