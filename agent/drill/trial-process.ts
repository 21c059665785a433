import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { withoutCapabilities } from '../os/capabilities.ts';
import { beforeOperation } from '../os/faults.ts';
import { serviceEnvironment } from '../services/process/service-environment.ts';
import { endMarked, kill } from './marked-processes.ts';

/** An application that was started for a drill, with all it starts. Disposing ends them all. */
export interface TrialProcess extends AsyncDisposable {
  /** How it ended; undefined: it runs. */
  ended(): string | undefined;
  /** What it printed last, one line; of one that has just ended, when all of that has come. */
  lastLine(): Promise<string>;
}

export interface Trial {
  readonly drill: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

/**
 * Becomes the application. What stays behind reads from the drill's job, and when that is gone, however it died,
 * kills the whole process group: nothing may run on a copy that is about to be removed.
 */
const script = `
{ trap '' TERM; read -r _ <&3; kill -s KILL 0; } >/dev/null 2>&1 &
exec 3<&-
exec "$@"
`;

const stopMs = 10_000;
const keptCharacters = 4_096;
const lateOutputMs = 500;

export function startTrial({ drill, command, environment, folder }: Trial): TrialProcess {
  beforeOperation('start trial', folder);
  const shell = ['/bin/sh', '-c', script, 'kedge-drill', ...command];
  const [program = '', ...args] = withoutCapabilities(shell);
  const child = spawn(program, args, {
    cwd: folder,
    env: serviceEnvironment(process.env, environment, drill),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let output = '';
  let end: string | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-keptCharacters);
    });
  }
  child.once('error', (error) => {
    end = error.message;
  });
  child.once('exit', (code, signal) => {
    end = signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`;
  });
  const closed = Promise.withResolvers<void>();
  child.once('close', () => closed.resolve());
  return {
    ended: () => end,
    async lastLine() {
      // Something that it left behind may hold the pipe open.
      const late = once(AbortSignal.timeout(lateOutputMs), 'abort');
      if (end !== undefined) await Promise.race([closed.promise, late]);
      return output.trimEnd().split('\n').at(-1)?.trim() ?? '';
    },
    [Symbol.asyncDispose]: async () => await endTrial(child, drill),
  };
}

/** Asked first: an application that can't stop in good order is worth no less a proof, but its children are. */
async function endTrial(child: ChildProcess, drill: string): Promise<void> {
  const { pid } = child;
  if (pid !== undefined && child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit', { signal: AbortSignal.timeout(stopMs) });
    kill(-pid, 'SIGTERM');
    await exited.catch(() => undefined);
  }
  if (pid !== undefined) kill(-pid, 'SIGKILL');
  await endMarked(drill);
  for (const stream of child.stdio) stream?.destroy();
}
