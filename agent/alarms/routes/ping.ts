import type { PingRouteSettings } from '../../config/alarm-settings.ts';
import { subjectOf } from '../message.ts';
import { request, resolveUrl, wordUrl } from './request.ts';
import type { Route } from './route.ts';

const defaultSeconds = 15;

/** The far end alarms where no ping comes: so it also knows of a server that is gone with all its alarms. */
export function pingRoute(settings: PingRouteSettings): Route {
  const timeoutMs = (settings.timeoutSeconds ?? defaultSeconds) * 1000;
  return {
    kind: 'ping',
    to: wordUrl(settings.url),
    folds: true,
    /** Only the last counts: the ones before it are over. */
    async send(messages, signal) {
      const last = messages.at(-1);
      if (last === undefined) return;
      const base = new URL(await resolveUrl(settings.url));
      if (last.what === 'run' && !last.good) base.pathname += `${slash(base.pathname)}fail`;
      // A test says that it came through, in the log of the far end, and is no run.
      if (last.what === 'test') base.pathname += `${slash(base.pathname)}log`;
      await request(
        {
          url: base.href,
          method: 'POST',
          headers: { 'content-type': 'text/plain; charset=utf-8' },
          body: subjectOf(last),
          timeoutMs,
        },
        signal,
      );
    },
  };
}

function slash(path: string): string {
  return path.endsWith('/') ? '' : '/';
}
