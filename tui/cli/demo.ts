import { KedgeError } from '../../protocol/failures.ts';
import type { Arguments } from '../commands/command.ts';
import { stopDemo } from '../commands/demo/stop.ts';
import { flagOf } from '../commands/read-arguments.ts';
import { isDemoInServer } from '../host/demo-kind.ts';
import { demoHome, placeIn } from '../host/places.ts';
import { runKedge } from '../host/start-kedge.ts';
import { sanitiseText } from '../store/sanitise.ts';
import { demoTexts } from '../texts/english/demo-texts.ts';
import { type EnsuredKedge, ensureKedge } from './ensure-kedge.ts';
import { openCliSession } from './open-cli-session.ts';
import type { Output } from './output.ts';
import type { Globals } from './parsed.ts';
import { canRewrite, type Terminal } from './terminal.ts';
import { runTour } from './tour.ts';

export interface DemoRun {
  readonly globals: Globals;
  readonly terminal: Terminal;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Creating it takes seconds; on a machine that is busy with other things, a minute. */
const createTimeoutMs = 180_000;

/** Starts the demo or finds it; then the workbench, or without a terminal the tour as text. */
export async function runDemo(run: DemoRun, args: Arguments): Promise<number> {
  const { terminal, output } = run;
  const home = demoHome(terminal.env);
  if (flagOf(args, 'fresh')) await removeDemo(run, home);
  const postgres = flagOf(args, 'postgres');
  if (postgres && isDemoInServer(home) === false)
    throw new KedgeError('unavailable', { what: '--postgres', why: demoTexts.withoutServer(home) });
  output.show([demoTexts.starting(home)]);
  const { session, started } = await startDemo(run, home, postgres ? ['--postgres'] : []);
  const { socket } = session.client;
  if (terminal.stdinIsTty && terminal.stdoutIsTty && terminal.env['TERM'] !== 'dumb') {
    await session[Symbol.asyncDispose]();
    return await terminal.openWorkbench({ socket, demo: true, settings: run.globals.window });
  }
  await using _session = session;
  try {
    return await runTour({ ...run, session });
  } finally {
    // Even after Ctrl+C no process may be left; one that ran before belongs to somebody else.
    if (started) await stopDemo({ ...session, signal: new AbortController().signal });
    else output.show([demoTexts.leftRunning(home)]);
  }
}

async function startDemo(
  run: DemoRun,
  home: string,
  more: readonly string[],
): Promise<EnsuredKedge> {
  const { terminal, signal } = run;
  const progress = creationProgress(terminal);
  const ensured = await ensureKedge(
    {
      place: placeIn(home),
      home,
      args: ['--demo', ...more],
      env: terminal.env,
      timeoutMs: createTimeoutMs,
      onLine: progress.onLine,
    },
    signal,
  );
  progress.end();
  return ensured;
}

/** The daemon's "demo 12 % uploads: 17 of 500 files"; in a log every tenth is enough. */
function creationProgress(terminal: Terminal): { onLine(line: string): void; end(): void } {
  const clear = '\r\x1b[K';
  let last = '';
  const rewritten = (line: string): void => terminal.err(clear + line);
  const plain = (line: string): void => {
    const tenth = /^demo (?:(\d*)\d|100) %/.exec(line)?.[1] ?? '10';
    if (tenth !== last) terminal.err(`${line}\n`);
    last = tenth;
  };
  const show = canRewrite(terminal) ? rewritten : plain;
  return {
    onLine: (line) => {
      if (line.startsWith('demo ')) show(sanitiseText(line));
    },
    end: () => {
      if (canRewrite(terminal)) terminal.err(clear);
    },
  };
}

async function removeDemo(run: DemoRun, home: string): Promise<void> {
  const { terminal, output, signal } = run;
  output.show([demoTexts.removing(home)]);
  const opening = openCliSession(placeIn(home), terminal, signal);
  const session = await opening.catch(() => undefined);
  if (session !== undefined) {
    await using _session = session;
    await stopDemo({ ...session, signal });
  }
  const { exitCode, firstLine } = await runKedge(['--remove-demo'], home, terminal.env);
  if (exitCode === 0) return;
  throw new KedgeError('unavailable', { what: '--fresh', why: firstLine });
}
