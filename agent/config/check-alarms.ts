import type { RouteSettings } from './alarm-settings.ts';
import type { Config } from './config.ts';
import type { ConfigFault } from './parse-config.ts';

/** Routes by which nothing could be told, or a password in the clear. */
export function checkAlarms({ alarms, schedules = {} }: Config): readonly ConfigFault[] {
  return Object.entries(alarms?.routes ?? {}).flatMap(([name, route]) =>
    faultsOf(route, Object.keys(schedules)).map(([key, message]) => ({
      path: ['alarms', 'routes', name, key],
      message,
    })),
  );
}

function faultsOf(
  route: RouteSettings,
  schedules: readonly string[],
): readonly (readonly [key: string, message: string])[] {
  switch (route.kind) {
    case 'command':
      return route.command[0]?.startsWith('/')
        ? []
        : [['command', 'it must begin with an absolute path']];
    case 'mail':
      return mailFaults(route);
    case 'ping':
      return (route.schedules ?? [])
        .filter((schedule) => !schedules.includes(schedule))
        .map((schedule) => ['schedules', `there is no schedule "${schedule}"`]);
    case 'webhook':
      return [];
    default:
      return route satisfies never;
  }
}

function mailFaults({
  user,
  password,
  security,
}: Extract<RouteSettings, { kind: 'mail' }>): readonly (readonly [string, string])[] {
  if ((user === undefined) !== (password === undefined)) {
    return [['user', 'user and password go together']];
  }
  return security === 'none' && password !== undefined
    ? [['security', 'with "none" the password would travel in the clear']]
    : [];
}
