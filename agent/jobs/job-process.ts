import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { identifyProcess, type ProcessIdentity } from '../os/process-identity.ts';
import { programFile } from '../os/program-file.ts';
import { FromJob, type JobStart, type ToJob } from './job-messages.ts';

export interface JobProcess {
  readonly identity: ProcessIdentity | undefined;
  send(message: ToJob): void;
  kill(): void;
}

export interface JobProcessEvents {
  readonly onMessage: (message: FromJob) => void;
  /** Once, when the process is gone; `how` says by which exit code or signal. */
  readonly onExit: (how: string, lastErrors: string) => void;
}

/** A small nursery: 100,000 files are listed in 100 MiB less, and no slower. */
const nodeFlags = ['--max-semi-space-size=4'];

/**
 * Batch work does not push others, nor a job's own main thread, off a processor each time one of its threads
 * wakes: a differential takes a tenth less. Not every system has it or allows it.
 */
const batch = ['--batch', '0'];
let allowsBatch: boolean | undefined;
/** Asked once, by the daemon's only thread: it takes some milliseconds. */
const askedAtMostMs = 1_000;

function scheduling(): readonly string[] {
  allowsBatch ??=
    spawnSync('chrt', [...batch, 'true'], { stdio: 'ignore', timeout: askedAtMostMs }).status === 0;
  return ['-n', '10', ...(allowsBatch ? ['chrt', ...batch] : [])];
}

/** stderr of a job kept for the message when it dies, bytes. */
const stderrKept = 4_096;

/**
 * Starts a job's process through nice: os.setPriority would leave libuv's and V8's threads, which do
 * the work, at 0. It is in a group of its own so that Ctrl+C at the daemon's terminal does not reach it.
 */
export function startJobProcess(start: JobStart, events: JobProcessEvents): JobProcess {
  const entry = programFile('job');
  const child = spawn('nice', [...scheduling(), process.execPath, ...nodeFlags, entry], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
    detached: true,
    env: jobEnvironment(),
  });
  let lastErrors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastErrors = (lastErrors + text).slice(-stderrKept);
  });
  child.on('message', (raw) => {
    const message = FromJob.safeParse(raw);
    if (message.success) events.onMessage(message.data);
  });
  child.once('error', (error) => events.onExit(error.message, lastErrors));
  // 'close' may come before the last messages in the channel, 'disconnect' comes after them.
  const disconnected = child.connected
    ? new Promise<void>((resolve) => child.once('disconnect', resolve))
    : Promise.resolve();
  child.once('close', (code, signal) => {
    const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
    void disconnected.then(() => events.onExit(how, lastErrors));
  });
  send(child, start);
  return {
    identity: child.pid === undefined ? undefined : identifyProcess(child.pid),
    send: (message) => send(child, message),
    kill: () => void child.kill('SIGKILL'),
  };
}

function send(child: ChildProcess, message: ToJob): void {
  // The callback takes the error of a channel that has just closed; onExit tells of it anyway.
  if (child.connected) child.send(message, () => undefined);
}

function jobEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TZ, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  const allowed = { PATH, HOME, LANG, TZ, TMPDIR, NODE_COMPILE_CACHE };
  return Object.fromEntries(Object.entries(allowed).filter(([, value]) => value !== undefined));
}
