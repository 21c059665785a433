import { KedgeError } from '../../protocol/failures.ts';
import type { Arguments, Command } from '../commands/command.ts';
import { refuseRelativePaths } from '../commands/refuse-relative-paths.ts';
import { kedgeVersion } from '../host/kedge-version.ts';
import { demoHome, findSocket, placeIn, userPlace } from '../host/places.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import { answerAlone } from './answer-alone.ts';
import { runCheckpoint } from './checkpoint.ts';
import { runDoctor } from './doctor.ts';
import { type EnsuredKedge, ensureKedge } from './ensure-kedge.ts';
import { helpLines } from './help.ts';
import { openCliSession } from './open-cli-session.ts';
import { createOutput, type Output } from './output.ts';
import { parseCommandLine } from './parse.ts';
import type { Globals, Parsed } from './parsed.ts';
import { findReach, type Reach, serverOf } from './reach.ts';
import { runCommand } from './run-command.ts';
import { runHere } from './run-here.ts';
import { stopUnused } from './stop-unused.ts';
import type { Terminal } from './terminal.ts';

interface Invocation {
  readonly globals: Globals;
  readonly terminal: Terminal;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** The whole command line: reads the words, does what they say, answers with the exit code. */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  const leaving = new AbortController();
  using _interrupt = terminal.onInterrupt(() => leaving.abort(new KedgeError('cancelled')));
  // For what goes wrong while the words are read.
  const guessed = {
    json: argv.includes('--json'),
    color: !argv.includes('--no-color'),
    wait: true,
    window: {},
  };
  let output = createOutput(terminal, guessed);
  try {
    const { globals, parsed } = parseCommandLine(argv);
    output = createOutput(terminal, globals);
    return await act({ globals, terminal, output, signal: leaving.signal }, parsed);
  } catch (error) {
    return output.failure(error);
  }
}

async function act(invocation: Invocation, parsed: Parsed): Promise<number> {
  const { output, terminal } = invocation;
  switch (parsed.kind) {
    case 'workbench':
      return await openWorkbench(invocation);
    case 'version':
      output.result({ version: kedgeVersion }, [kedgeVersion]);
      return 0;
    case 'help':
      output.result({ help: helpLines(parsed.words) }, helpLines(parsed.words));
      return 0;
    case 'group':
      for (const line of helpLines(parsed.words)) terminal.err(`${line}\n`);
      return 2;
    case 'command':
      return await runParsed(invocation, parsed.command, parsed.args);
    default:
      return parsed satisfies never;
  }
}

async function openWorkbench(invocation: Invocation): Promise<number> {
  const { terminal, globals } = invocation;
  const dumb = terminal.env['TERM'] === 'dumb';
  if (terminal.stdinIsTty && terminal.stdoutIsTty && !dumb) {
    const server = serverOf(globals, terminal.env);
    const socket = server?.name ?? (await findSocket(globals.socket, terminal.env));
    return await terminal.openWorkbench({ socket, server, demo: false, settings: globals.window });
  }
  const { why, dumb: dumbWhy, hint } = cliTexts.noTerminal;
  const lines = [`kedge: ${dumb ? dumbWhy : why}`, hint, ...helpLines([])];
  for (const line of lines) terminal.err(`${line}\n`);
  return 2;
}

async function runParsed(
  invocation: Invocation,
  command: Command,
  args: Arguments,
): Promise<number> {
  const alone = await answerAlone(invocation, command, args);
  if (alone !== undefined) return alone;
  const here = await runHere(invocation, command, args);
  if (here !== undefined) return here;
  if (invocation.globals.server !== undefined) refuseRelativePaths(command, args);
  if (command.id === 'doctor') return await runDoctor(invocation, command);
  const { session: opened, started } = await sessionFor(invocation, command);
  await using session = opened;
  const run = { ...invocation, session };
  try {
    if (command.id === 'checkpoint' && waitsFor(invocation, args))
      return await runCheckpoint(run, args);
    return await runCommand(run, command, args);
  } finally {
    if (started && (await stopUnused(session))) invocation.output.note(cliTexts.stoppedAgain);
  }
}

/** A checkpoint that is not waited for is a job as any other. */
function waitsFor({ globals }: Invocation, args: Arguments): boolean {
  return globals.wait || args['command'] !== undefined;
}

const startTimeoutMs = 20_000;

async function sessionFor(invocation: Invocation, command: Command): Promise<EnsuredKedge> {
  const { terminal, globals, output, signal } = invocation;
  const { env } = terminal;
  const running = async (reach: Reach): Promise<EnsuredKedge> => ({
    session: await openCliSession(reach, terminal, signal),
    started: false,
  });
  if (command.needs !== 'nothing' || globals.socket !== undefined || globals.server !== undefined)
    return await running(await reachFor(globals, terminal, command));
  const place = userPlace(env);
  const socket = await findSocket(undefined, env);
  // One that is installed and runs is the one that is meant; a second one would fight with it.
  if (socket !== place.socket) return await running({ socket });
  output.note(cliTexts.startsKedge);
  const options = { place, args: [], env, timeoutMs: startTimeoutMs, onLine: () => undefined };
  return await ensureKedge(options, signal);
}

/** The commands of the demo go to the demo, wherever the user's own Kedge is. */
async function reachFor(globals: Globals, terminal: Terminal, command: Command): Promise<Reach> {
  const { env } = terminal;
  const ownHome = env['KEDGE_HOME'];
  const named = globals.socket ?? globals.server;
  const free = named === undefined && (ownHome === undefined || ownHome === '');
  if (free && command.id.startsWith('demo.')) return placeIn(demoHome(env));
  return await findReach(globals, terminal);
}
