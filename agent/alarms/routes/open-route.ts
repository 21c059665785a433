import type { RouteSettings } from '../../config/alarm-settings.ts';
import { commandRoute } from './command.ts';
import { mailRoute } from './mail.ts';
import { pingRoute } from './ping.ts';
import type { Route } from './route.ts';
import { webhookRoute } from './webhook.ts';

/** Costs nothing before it sends. */
export function openRoute(settings: RouteSettings, now: () => number): Route {
  switch (settings.kind) {
    case 'command':
      return commandRoute(settings);
    case 'webhook':
      return webhookRoute(settings, now);
    case 'mail':
      return mailRoute(settings);
    case 'ping':
      return pingRoute(settings);
    default:
      return settings satisfies never;
  }
}
