import { execFile } from 'node:child_process';
import { withoutCapabilities } from '../../os/capabilities.ts';

export interface ArgvEnd {
  /** Absent: it could not be run, did not end in time, or was ended by a signal: `problem` says so. */
  readonly code?: number;
  readonly problem?: string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ArgvOrder {
  readonly argv: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly deadlineMs: number;
}

const outputLimitBytes = 4 * 1024 * 1024;

/** Runs a question to a service: without a shell, within its deadline. Its answer is a value, also where it has none. */
export async function runArgv(order: ArgvOrder, signal: AbortSignal): Promise<ArgvEnd> {
  const [program = '', ...args] = withoutCapabilities(order.argv);
  const deadline = AbortSignal.timeout(order.deadlineMs);
  const { promise, resolve } = Promise.withResolvers<ArgvEnd>();
  execFile(
    program,
    args,
    {
      cwd: order.folder,
      env: order.environment,
      signal: AbortSignal.any([signal, deadline]),
      killSignal: 'SIGKILL',
      maxBuffer: outputLimitBytes,
    },
    (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === 'number') resolve({ code, stdout, stderr });
      else
        resolve({ problem: deadline.aborted ? late(order) : wordProblem(error), stdout, stderr });
    },
  );
  const end = await promise;
  signal.throwIfAborted();
  return end;
}

function late({ deadlineMs }: ArgvOrder): string {
  return `it did not end within ${deadlineMs / 1000} s`;
}

function wordProblem(error: (Error & { signal?: NodeJS.Signals | null }) | null): string {
  if (error === null) return '';
  return typeof error.signal === 'string' ? `it was ended by ${error.signal}` : error.message;
}

/** The last line of what was printed, fit for one line of a screen. */
export function lastWords({ stdout, stderr }: ArgvEnd): string {
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  const last = lines.at(-1) ?? '';
  return last
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
}
