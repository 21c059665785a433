import { execFile } from 'node:child_process';
import { KedgeError } from '../../../protocol/failures.ts';
import { withoutCapabilities } from '../../os/capabilities.ts';

export type SystemdTool = 'systemctl' | 'journalctl';

export interface ToolEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Answers take 30 ms; one that takes this long will not come. */
export const toolDeadlineMs = 10_000;
const outputLimitBytes = 16 * 1024 * 1024;

/** What systemd's tools may inherit: nothing that changes their words or is a secret of Kedge's. */
function toolEnvironment(): NodeJS.ProcessEnv {
  const fixed = { LC_ALL: 'C', TZ: 'UTC', SYSTEMD_COLORS: '0', SYSTEMD_PAGER: '' };
  return { PATH: process.env['PATH'], ...fixed };
}

/** Runs a tool of systemd without a shell. Throws service-manager-silent and service-manager-missing. */
export async function runTool(
  tool: SystemdTool,
  args: readonly string[],
  signal: AbortSignal,
  deadlineMs = toolDeadlineMs,
): Promise<ToolEnd> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const { promise, resolve, reject } = Promise.withResolvers<ToolEnd>();
  const [program = tool, ...all] = withoutCapabilities([tool, '--no-pager', ...args]);
  execFile(
    program,
    all,
    {
      env: toolEnvironment(),
      signal: AbortSignal.any([signal, deadline]),
      killSignal: 'SIGKILL',
      maxBuffer: outputLimitBytes,
    },
    (error, stdout, stderr) => {
      if (error === null) resolve({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
      else reject(error);
    },
  );
  try {
    return refuseWithout(await promise);
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted)
      throw new KedgeError('service-manager-silent', { seconds: deadlineMs / 1000 });
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new KedgeError('service-manager-missing', { tool }, { cause: error });
    throw error;
  }
}

/** The tools are on many machines that something else has booted, such as containers. */
function refuseWithout(end: ToolEnd): ToolEnd {
  const { code, stderr } = end;
  if (code !== 0 && /not been booted with systemd|Failed to connect to bus/.test(stderr))
    throw new KedgeError('service-manager-missing', { tool: 'systemctl' });
  return end;
}
