import { dirname } from 'node:path';
import type { SourceChange } from '../../../protocol/domain/restore.ts';
import { maySetOwner } from '../../os/entry-metadata.ts';
import { exists } from '../../os/files.ts';
import { isMountPoint } from '../../os/mount-points.ts';
import { realPathOf } from '../../os/real-path.ts';
import { contentBytes } from '../content-bytes.ts';
import type { PartRestore } from '../part-order.ts';
import type { ArchivedSource, SourceRestore } from '../restore-kind.ts';
import { measureTrees } from '../tree/measure-trees.ts';
import { userOf } from './folder-user.ts';
import { wholeServer } from './kept-server.ts';
import { openedBy, wordRunning } from './running-server.ts';
import { readFacts } from './server-facts.ts';
import type { ServerKind } from './server-kind.ts';
import { stageServer } from './stage-server.ts';
import { trialOfServer } from './try-server.ts';

/** A data folder is made and proven beside the live one, and takes its place while the server is down. */
export function restoreServer(source: string, kind: ServerKind): SourceRestore {
  const live = async () => await realPathOf(kind.data);
  const restore: SourceRestore = {
    engine: kind.engine,
    exchangesMounts: true,
    takesDown: {
      engine: kind.server,
      running: async () => {
        const running = await kind.runningOn(await live());
        return running === undefined ? undefined : wordRunning(running);
      },
    },
    clients: async () => await openedBy(source, await kind.runningOn(await live())),
    livePaths: async () => [await live()],
    compare: async (archived, { signal }) =>
      await compareServer(source, kind, await live(), archived, signal),
    space: async (archived) => {
      const path = await besideOf(await live());
      return [{ path, bytes: (await contentBytes(archived)) + kind.startBytes, part: 'staging' }];
    },
    findings: async (archived, signal) => {
      const { warnings, obstacles } = await kind.findings(
        await readFacts(archived, signal),
        signal,
      );
      return { warnings, obstacles: [...(await ownerProblems(await live())), ...obstacles] };
    },
    trial: trialOfServer(source, kind),
    items: async (_archived, place) => {
      const path = await live();
      // A file system puts it there, and no server.
      return [{ live: path, ...(await place(path)), leaveOut: ['lost+found'] }];
    },
    partly: async (archived) => wholeOnly(restore, kind, archived),
    stage: async (archived, items, work, onBytes) =>
      await stageServer(kind, archived, items, work, onBytes),
  };
  return restore;
}

async function compareServer(
  source: string,
  { engine, data }: ServerKind,
  live: string,
  archived: ArchivedSource,
  signal: AbortSignal,
): Promise<SourceChange> {
  const bytes = await contentBytes(archived);
  const change = { source, engine, live: data, bytes, wholeOnly: true as const };
  if (!(await exists(live))) return { ...change, problem: 'nothing is there now' };
  const tree = { root: Buffer.from(live), name: Buffer.from(source) };
  const { contentBytes: liveBytes } = await measureTrees([tree], () => false, signal);
  return { ...change, liveBytes, problem: wholeServer };
}

function wholeOnly(
  restore: SourceRestore,
  { product }: ServerKind,
  archived: ArchivedSource,
): PartRestore {
  const { name } = archived;
  return {
    archived,
    restore,
    problems: [
      `source "${name}" is a whole ${product} server, which comes back as it was, with all its databases; single ones come out of a backup of that database`,
    ],
    warnings: [],
    merges: async () => ({ source: name }),
  };
}

/** Nobody else's files are given back to the server by anybody but who may do that. */
async function ownerProblems(live: string): Promise<readonly string[]> {
  if (maySetOwner() || !(await exists(live))) return [];
  const { uid } = await userOf(live);
  return uid === process.geteuid?.()
    ? []
    : [`Kedge may not give files to the user of the server, to whom "${live}" belongs (CAP_CHOWN)`];
}

/** Where staging and undo lie. */
async function besideOf(live: string): Promise<string> {
  return (await isMountPoint(live)) ? live : dirname(live);
}
