import { readdir } from 'node:fs/promises';
import { KedgeError } from '../../../protocol/failures.ts';
import { asking, openSession } from '../mariadb/sessions.ts';
import type { ServerFacts } from '../physical/server-facts.ts';
import type { RestoreFindings } from '../restore-kind.ts';
import { findServerProgram, seriesOf } from './programs.ts';
import { readServer } from './read-server.ts';
import { folderProblems, wordError } from './refuse-server.ts';
import { runningOn } from './running-on.ts';
import { type MariadbServerSettings, serverOf } from './settings.ts';
import { startOptions } from './start-options.ts';

/** What stands against bringing a server back here. */
export async function serverFindings(
  source: string,
  settings: MariadbServerSettings,
  facts: ServerFacts,
  signal: AbortSignal,
): Promise<RestoreFindings> {
  const obstacles = await refusals(async () => {
    startOptions(facts);
    await findServerProgram({ source, version: facts.server }, signal);
  });
  const live = await liveFindings(settings, facts, signal);
  return {
    warnings: [
      ...live.warnings,
      ...(await ofReplica(settings.data)),
      ...(facts.dataFolder === settings.data
        ? []
        : [`it was in "${facts.dataFolder}" and comes back to "${settings.data}"`]),
      ...(facts.settings['binaryLogPosition'] === undefined
        ? []
        : ['it wrote binary logs, which are not in the backup: its replicas are set up anew']),
    ],
    obstacles: [...obstacles, ...live.obstacles],
  };
}

/** What says whom it follows, each connection with a name of its own. */
const followed = /^(?:master|relay-log)(?:-.+)?\.info$/;

async function ofReplica(data: string): Promise<readonly string[]> {
  const names = await readdir(data).catch(() => []);
  return names.some((name) => followed.test(name))
    ? [
        `the server in "${data}" follows another one, and that is in no backup: afterwards it follows none until it is set up anew`,
      ]
    : [];
}

async function refusals(look: () => Promise<void>): Promise<readonly string[]> {
  try {
    await look();
    return [];
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    return [wordError(error)];
  }
}

/** A server that is down may be why it is brought back. */
async function liveFindings(
  settings: MariadbServerSettings,
  facts: ServerFacts,
  signal: AbortSignal,
): Promise<RestoreFindings> {
  const runs = (await runningOn(settings.data)) !== undefined;
  try {
    using session = await openSession(serverOf(settings), signal);
    const live = await asking(signal, readServer(session, signal));
    const [now, then] = [seriesOf(live.version), seriesOf(facts.server)];
    return {
      warnings: [],
      obstacles: [
        ...(await folderProblems(settings, live)),
        ...(now === then
          ? []
          : [`it was taken from MariaDB ${facts.server}, and this server is ${live.version}`]),
      ],
    };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    const unasked = runs
      ? `the live server could not be asked: ${wordError(error)}`
      : `no server runs on "${settings.data}", so that it can't be asked whether all of it lies there`;
    return { warnings: [unasked], obstacles: [] };
  }
}
