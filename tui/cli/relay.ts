import {
  exitCodeOf,
  type Failure,
  failureOf,
  KedgeError,
  wordFailure,
} from '../../protocol/failures.ts';
import { unreachable } from '../client/unreachable.ts';
import { findSocket } from '../host/places.ts';
import { relayTo } from '../host/relay.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';

/** What it needs of the process it runs in. */
interface RelayProcess {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Passes bytes between the pipes of a program and Kedge's socket. Rejects before any byte, or not at all. */
export async function runRelay(
  named: string | undefined,
  { env, stdin, stdout }: RelayProcess,
): Promise<number> {
  if (stdin.isTTY === true)
    throw new KedgeError('bad-argument', { what: 'relay', problem: cliTexts.relay.forPrograms });
  const socket = await findSocket(named, env);
  await relayTo(socket, { input: stdin, output: stdout }).catch((error: unknown) => {
    throw unreachable(socket, error);
  });
  return 0;
}

/** The same as a whole program; answers the exit code. */
export async function runRelayOnPipes(
  named: string | undefined,
  process: RelayProcess,
): Promise<number> {
  try {
    return await runRelay(named, process);
  } catch (error) {
    const failure: Failure = failureOf(error);
    const { message, hint } = wordFailure(failure);
    process.stderr.write(`kedge: ${message}\n${hint === undefined ? '' : `${hint}\n`}`);
    return exitCodeOf(failure);
  }
}
