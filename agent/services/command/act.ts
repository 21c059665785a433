import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { withoutCapabilities } from '../../os/capabilities.ts';
import { beforeOperation } from '../../os/faults.ts';
import { makeFolder } from '../../os/files.ts';
import { openLog } from '../../os/log-file.ts';
import { startMark } from '../process/service-log.ts';

export type Verb = 'start' | 'stop' | 'kill';

export interface ActOrder {
  readonly service: string;
  readonly verb: Verb;
  readonly argv: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
  /** Takes what it prints, and what the service prints that it leaves behind. */
  readonly logPath: string;
  readonly deadlineMs: number;
}

/** A command that starts, stops or kills a service and is under way. */
export interface Action {
  readonly verb: Verb;
  /** "exit 3", or '' where it ended well. */
  readonly ended: Promise<string>;
  readonly isOver: () => boolean;
}

/** Begins it in a session of its own: it and what it leaves behind outlive the daemon. */
export async function act(order: ActOrder): Promise<Action> {
  const { service, verb, logPath } = order;
  const [program = '', ...args] = withoutCapabilities(order.argv);
  await makeFolder(dirname(logPath));
  await using log = await openLog(logPath);
  if (verb === 'start') await log.write(`${startMark} ${new Date().toISOString()}\n`);
  beforeOperation(`${verb} service`, logPath);
  const child = spawn(program, args, {
    cwd: order.folder,
    env: order.environment,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const { promise, resolve } = Promise.withResolvers<string>();
  child.once('exit', (code, signal) => resolve(wordExit(code, signal)));
  await once(child, 'spawn').catch((error: Error) => {
    throw new KedgeError('service-command-failed', { service, verb, why: error.message });
  });
  child.unref();
  return { verb, ...limited(promise, () => child.kill('SIGTERM'), order.deadlineMs) };
}

/** Past its deadline it alone is ended, not what it has started: that may be the service. */
function limited(ended: Promise<string>, end: () => void, deadlineMs: number) {
  let over = false;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end();
  }, deadlineMs).unref();
  const done = ended.then((how) => {
    over = true;
    clearTimeout(timer);
    return late ? `it did not end within ${deadlineMs / 1000} s` : how;
  });
  return { ended: done, isOver: () => over };
}

function wordExit(code: number | null, signal: NodeJS.Signals | null): string {
  if (code === 0) return '';
  return code === null ? `killed by ${signal}` : `exit ${code}`;
}
