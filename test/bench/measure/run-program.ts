import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { watchPeakMemory } from './peak-memory.ts';
import { descendantsOf, endedChildrenSecondsOf } from './process-tree.ts';

export interface ProgramRun {
  readonly seconds: number;
  /** Of all its processes, seconds. */
  readonly processorSeconds: number;
  readonly peakMebibytes: number;
}

/** As Kedge's jobs run: on a machine with other work on it a peer at nice 0 would be no peer. */
const niceness = ['nice', '-n', '10'];

/** Runs a peer at the niceness of Kedge's jobs, and takes its time and memory. */
export async function runProgram(
  argv: readonly string[],
  options: {
    readonly signal: AbortSignal;
    readonly environment?: Readonly<Record<string, string>>;
    /** Exit codes that are no failure; 0 where absent. */
    readonly allowed?: readonly number[];
  },
): Promise<ProgramRun> {
  const { signal, environment = {}, allowed = [0] } = options;
  const [command = '', ...rest] = [...niceness, ...argv];
  const startedAt = performance.now();
  const spentBefore = endedChildrenSecondsOf(process.pid);
  const child = spawn(command, rest, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
    signal,
  });
  let errors = '';
  child.stderr.on('data', (text) => {
    errors = (errors + String(text)).slice(-2_000);
  });
  const root = child.pid ?? 0;
  using peak = watchPeakMemory(() => [root, ...descendantsOf(root)]);
  const [code] = await once(child, 'close');
  const seconds = (performance.now() - startedAt) / 1000;
  if (!allowed.includes(Number(code))) {
    throw new Error(`${argv.join(' ')} ended with ${code}: ${errors}`);
  }
  const processorSeconds = endedChildrenSecondsOf(process.pid) - spentBefore;
  return { seconds, processorSeconds, peakMebibytes: peak.mebibytes() };
}

/** A pipe of two programs and the like. `$1` and so on are the arguments. */
export function shell(script: string, ...args: readonly string[]): readonly string[] {
  return ['sh', '-c', script, 'sh', ...args];
}

/** Writes out what the system holds back. */
export async function sync(signal: AbortSignal): Promise<void> {
  await once(spawn('sync', { stdio: 'ignore', signal }), 'close');
}

export function hasProgram(name: string): boolean {
  return spawnSync('sh', ['-c', 'command -v -- "$1"', 'sh', name]).status === 0;
}
