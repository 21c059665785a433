import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The way to systemd of a process that it runs as a unit of Type=notify. Source: sd_notify(3). */
export interface SystemdNotify {
  /** It ends a process that has been silent for so long; absent: it does not watch. */
  readonly watchdogMs?: number;
  /** "READY=1", "STATUS=...": 5 ms of a processor, in a process of its own, as Node has no datagrams to Unix sockets. */
  tell(...assignments: readonly string[]): Promise<void>;
}

/** One that takes longer is lost. */
const timeoutMs = 5_000;

/**
 * Takes it out of the environment, so that no child speaks for this process. Undefined: systemd does not run it,
 * or does not listen.
 */
export function takeSystemdNotify(env: NodeJS.ProcessEnv): SystemdNotify | undefined {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: watchdog, WATCHDOG_PID: watched } = env;
  for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID']) delete env[name];
  if (socket === undefined || socket === '') return undefined;
  const isWatched = watchdog !== undefined && (watched ?? `${process.pid}`) === `${process.pid}`;
  return {
    ...(isWatched ? { watchdogMs: Number(watchdog) / 1000 } : {}),
    async tell(...assignments) {
      await run('systemd-notify', assignments.map(oneLine), {
        env: { PATH: env['PATH'], NOTIFY_SOCKET: socket },
        timeout: timeoutMs,
      });
    },
  };
}

/** A line break would begin another assignment. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
