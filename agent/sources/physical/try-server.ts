import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import { realPathOf } from '../../os/real-path.ts';
import type { ServerTrial, TrialFound } from '../server-trial.ts';
import { giveTree, ownerFor, reaches, runnerFor } from './folder-user.ts';
import { openTo } from './open-to.ts';
import { dataName, readUnpackedFacts } from './server-facts.ts';
import type { ServerKind } from './server-kind.ts';

/** A server of its own on what a drill has unpacked into its scratch; it is gone with that, and nothing is elsewhere. */
export function trialOfServer(source: string, kind: ServerKind): ServerTrial {
  return {
    run: async (folder, _installation, work) => {
      const facts = await readUnpackedFacts(source, folder);
      const data = join(folder, dataName);
      const owner = await ownerFor(await realPathOf(kind.data), data);
      if (owner === undefined) return notTried(ofRoot);
      const user = runnerFor(owner);
      // Of the drill's own making: its folder, the data in it, and that of this source.
      const around = dirname(dirname(dirname(folder)));
      if (user.uid !== process.geteuid?.() && !(await reaches(user, await realpath(around))))
        return notTried(unreached(user.uid, around));
      await openTo(user, around, data);
      await giveTree(folder, user, work.signal);
      work.progress(`start a server on ${source}`, 0, 0);
      return await tried(async () => await kind.prove({ source, facts, data, user }, work));
    },
    clear: async () => {},
  };
}

const unreached = (uid: number, folder: string): string =>
  `this Kedge runs as root, as whom no server is started, and the user of the server (${uid}) does not reach "${folder}": name another folder for drills ("drill.scratch")`;

const ofRoot =
  'no live folder here says whose it is, it belongs to root in the backup, and as root no server is started on what an archive holds';

/** What the server says of the folder is about the backup; all else is about this machine. */
async function tried(prove: () => Promise<readonly string[]>): Promise<TrialFound> {
  try {
    return { notes: await prove(), problems: [], integrity: 'ok' };
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    const failure = failureOf(error);
    const { message } = wordFailure(failure);
    return failure.code === 'restore-refused'
      ? { notes: [], problems: [message], integrity: 'damaged' }
      : notTried(message);
  }
}

const notTried = (why: string): TrialFound => ({
  notes: [`no server was started on it, so that is not proven: ${why}`],
  problems: [],
});
