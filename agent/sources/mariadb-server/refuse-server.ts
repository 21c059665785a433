import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import { usualPlace } from '../../databases/mariadb/open-session.ts';
import { reachOf } from '../../databases/place-of.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import { probeReadable } from '../../os/probe.ts';
import { realPathOf } from '../../os/real-path.ts';
import type { LiveServer } from './read-server.ts';
import { runningOn } from './running-on.ts';
import { type MariadbServerSettings, serverOf } from './settings.ts';

/** Why the data folder in the settings is not one that can be taken as a whole, or brought back; in words. */
export async function folderProblems(
  settings: MariadbServerSettings,
  live: LiveServer,
): Promise<readonly string[]> {
  const { where, isLocal } = reachOf(serverOf(settings), usualPlace);
  if (!live.isMariadb)
    return [
      `the server at ${where} is MySQL, of which only single databases can be taken (mariadb)`,
    ];
  if (!isLocal)
    return [`the server at ${where} is on another machine, and its data folder with it`];
  const data = await realPathOf(settings.data);
  if (live.dataFolder !== data)
    return [
      `the server at ${where} has its data in "${live.dataFolder}", not in "${settings.data}"`,
    ];
  return [
    ...(live.outside.length === 0
      ? []
      : [
          `parts of the server lie outside of its data folder, where they could not be exchanged with it: ${live.outside.join(', ')}`,
        ]),
    ...((await runningOn(data)) === undefined
      ? [`it can't be seen that a server runs on "${data}", as that of a container may not be`]
      : []),
  ];
}

/** Fails where the server can't be taken. */
export async function refuseServer(
  source: string,
  settings: MariadbServerSettings,
  live: LiveServer,
): Promise<void> {
  const path = settings.data;
  const [problem] = [...(await folderProblems(settings, live)), ...encrypted(live)];
  if (problem !== undefined)
    throw new KedgeError('source-unreadable', { source, path, cause: problem });
  try {
    probeReadable(path);
    // As mariadb-backup asks, which is not the same with capabilities.
    accessSync(join(path, 'ibdata1'), constants.R_OK);
  } catch (error) {
    const isDenied = errorCode(error) === 'EACCES';
    const cause = isDenied ? `${errorMessage(error)}; ${denied}` : errorMessage(error);
    const code = errorCode(error) === 'ENOENT' ? 'source-missing' : 'source-unreadable';
    throw new KedgeError(code, { source, path, cause }, { cause: error });
  }
}

const denied =
  'mariadb-backup must be let read it: as root, as the server\'s own user, or after "kedge install" with this source in the configuration';

/** A copy is of no use without the keys, which Kedge has not. */
function encrypted({ encryption }: LiveServer): readonly string[] {
  return encryption.length === 0
    ? []
    : [
        `its data is encrypted (${encryption.join(', ')}), and Kedge has no keys to prove a copy: take its databases one by one (mariadb)`,
      ];
}

export const wordError = (error: unknown): string => wordFailure(failureOf(error)).message;
