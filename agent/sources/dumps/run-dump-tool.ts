import { KedgeError } from '../../../protocol/failures.ts';
import { type AskedServer, whileAnswering } from '../../databases/while-answering.ts';
import { spaceOf } from '../../os/files.ts';
import { type PipedOrder, runPiped } from '../../os/run-piped.ts';
import { wordBytes } from '../../os/word-bytes.ts';

/** How a server's own programs reach it; the password lies in a file until it is disposed of. */
export interface ToolLogin extends AsyncDisposable {
  /** Whom to connect to, without the database; comes first. */
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Asked beside the program, which would wait for ever for one that is gone. */
  readonly server?: AskedServer;
  /** What a line of it says of a server whose disk is full. */
  readonly fullServer?: (line: string) => KedgeError | undefined;
}

export interface ToolOrder extends Pick<PipedOrder, 'input' | 'onOutput' | 'keeps'> {
  readonly source: string;
  readonly tool: string;
  readonly argv: readonly string[];
  readonly login: Pick<ToolLogin, 'environment' | 'server' | 'fullServer'>;
  /** Where it writes. */
  readonly folder: string;
}

const shownLines = 4;
/** The statement that failed follows what failed. */
const readLines = 40;

/** Runs one of them to its end; fails with dump-tool-failed and its own words, or with no-space of `folder`. */
export async function runDumpTool(order: ToolOrder, signal: AbortSignal): Promise<void> {
  const { source, tool, argv, login, folder, ...piped } = order;
  const { server } = login;
  // /tmp is read-only to an installed Kedge.
  const environment = { TMPDIR: folder, ...login.environment };
  const run = async (until: AbortSignal) =>
    await runPiped({ ...piped, argv: [tool, ...argv], environment, lines: readLines }, until);
  const { problem, output } =
    server === undefined ? await run(signal) : await whileAnswering(server, run, signal);
  if (problem === undefined) return;
  await refuseWithoutSpace(output, folder, login);
  const why = output === '' ? problem : shownOf(output);
  throw new KedgeError('dump-tool-failed', { source, tool: tool.split('/').at(-1) ?? '', why });
}

/** Of one of several that work at once; why, it has said before. */
const workerDied = 'a worker process died unexpectedly';

/** The last error and what is said of it. */
function shownOf(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const isError = (line: string) => /\berror:/i.test(line) && !line.endsWith(workerDied);
  const at = lines.findLastIndex(isError);
  const shown = at === -1 ? lines.slice(-shownLines) : lines.slice(at, at + shownLines);
  return shown.join('; ');
}

/** Of the server's disk, or of that where the program writes: who frees some must know which. */
async function refuseWithoutSpace(
  output: string,
  folder: string,
  { fullServer }: Pick<ToolLogin, 'fullServer'>,
): Promise<void> {
  const lines = output.split('\n').filter((line) => line.includes('No space left on device'));
  for (const line of lines) {
    const ofServer = fullServer?.(line);
    if (ofServer !== undefined) throw ofServer;
  }
  if (lines.length === 0) return;
  const { freeBytes } = await spaceOf(folder);
  throw new KedgeError('no-space', { path: folder, needed: 'more', free: wordBytes(freeBytes) });
}
