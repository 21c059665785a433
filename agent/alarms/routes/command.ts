import type { CommandRouteSettings } from '../../config/alarm-settings.ts';
import { runCommandWith } from '../../os/run-command.ts';
import { type Message, messageJson, subjectOf } from '../message.ts';
import { NotSent, type Route } from './route.ts';

const defaultSeconds = 30;

export function commandRoute({ command, timeoutSeconds }: CommandRouteSettings): Route {
  return {
    kind: 'command',
    to: command[0] ?? '',
    folds: false,
    async send(messages, signal) {
      for (const message of messages) {
        const { problem, output } = await runCommandWith(
          {
            argv: command,
            timeoutMs: (timeoutSeconds ?? defaultSeconds) * 1000,
            input: messageJson(message),
            environment: environmentOf(message),
          },
          signal,
        );
        if (problem === undefined) continue;
        throw new NotSent(output === '' ? problem : `${problem}: ${output}`);
      }
    },
  };
}

/** What a script asks for first; all of it is in the JSON too. */
function environmentOf(message: Message): Readonly<Record<string, string>> {
  const { application, host } = message.sender;
  const alarm = 'alarm' in message ? message.alarm : undefined;
  const values = {
    WHAT: message.what,
    TEXT: subjectOf(message),
    DELIVERY: message.id,
    APPLICATION: application?.name,
    HOST: host,
    ID: alarm?.id,
    KEY: alarm?.key,
    SEVERITY: alarm?.severity,
    PLACE: alarm?.place,
    HINT: alarm?.hint,
    COUNT: alarm?.count,
    SINCE: alarm === undefined ? undefined : new Date(alarm.sinceMs).toISOString(),
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      // A NUL would end the variable, and Node refuses it.
      value === undefined ? [] : [[`KEDGE_ALARM_${name}`, String(value).replaceAll('\0', '')]],
    ),
  );
}
