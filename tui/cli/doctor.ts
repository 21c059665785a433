import { type Failure, KedgeError } from '../../protocol/failures.ts';
import type { Command } from '../commands/command.ts';
import { findingsOutcome } from '../commands/doctor/findings-outcome.ts';
import { ownFindings } from '../commands/doctor/own-findings.ts';
import { unreachableFindings } from '../host/doctor/unreachable.ts';
import { findSocket, userPlace } from '../host/places.ts';
import type { Session } from '../store/session.ts';
import { quoteForShell } from '../texts/quote-for-shell.ts';
import { openCliSession } from './open-cli-session.ts';
import type { Output } from './output.ts';
import type { Globals } from './parsed.ts';
import { findReach } from './reach.ts';
import { runCommand } from './run-command.ts';
import type { Terminal } from './terminal.ts';

export interface DoctorRun {
  readonly globals: Globals;
  readonly terminal: Terminal;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** With a Kedge that answers as any other command; without one it says why that may be, and how to start it. */
export async function runDoctor(run: DoctorRun, command: Command): Promise<number> {
  const { terminal, globals, output, signal } = run;
  if (globals.server !== undefined) {
    const reach = await findReach(globals, terminal);
    await using session = await openCliSession(reach, terminal, signal);
    return await runCommand({ ...run, session }, command, { reach: reachOf(globals) });
  }
  const socket = await findSocket(globals.socket, terminal.env);
  const opened = await tryToOpen(socket, run);
  if ('call' in opened) {
    await using session = opened;
    return await runCommand({ ...run, session }, command, { reach: reachOf(globals) });
  }
  const place = { ...userPlace(terminal.env), socket };
  const isNamed = globals.socket !== undefined;
  const why = await unreachableFindings({ place, isNamed, failure: opened }, signal);
  const { data, lines, exit } = findingsOutcome([...why, ...(await ownFindings())]);
  output.result(data, lines);
  return exit;
}

/** What led to that Kedge, for the commands that cure it. */
function reachOf({ server, socket }: Globals): string {
  const said = [
    ['--server', server],
    ['--socket', socket],
  ] as const;
  return said
    .flatMap(([option, value]) => (value === undefined ? [] : [option, quoteForShell(value)]))
    .join(' ');
}

const reasons: ReadonlySet<string> = new Set(['kedge-unreachable', 'version-mismatch']);

async function tryToOpen(
  socket: string,
  { terminal, signal }: DoctorRun,
): Promise<Session | Failure> {
  try {
    return await openCliSession({ socket }, terminal, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KedgeError && reasons.has(error.failure.code)) return error.failure;
    throw error;
  }
}
