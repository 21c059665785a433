import { dirname, sep } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { makeFolder } from '../../os/files.ts';
import { extractTree } from '../files/extract-tree.ts';
import type { ArchivedSource, ExchangeItem, StageWork } from '../restore-kind.ts';
import { dataTreeOf } from './data-tree.ts';
import { giveTree, ownerFor, runnerFor } from './folder-user.ts';
import { openTo } from './open-to.ts';
import { readFacts } from './server-facts.ts';
import type { ServerKind } from './server-kind.ts';

/** The data folder comes out of the archive beside the live one, and a server of its own proves it there. */
export async function stageServer(
  kind: ServerKind,
  archived: ArchivedSource,
  items: readonly ExchangeItem[],
  work: StageWork,
  onBytes: (bytes: number) => void,
): Promise<readonly string[]> {
  const notes: string[] = [];
  const facts = await readFacts(archived, work.signal);
  for (const { live, incoming: data } of items) {
    if (data === undefined) continue;
    await makeFolder(dirname(data));
    notes.push(...(await extractTree(dataTreeOf(archived), data, work.signal, onBytes)));
    const owner = await ownerFor(live, data);
    if (owner === undefined) throw ofRoot(live);
    const user = runnerFor(owner);
    await giveTree(data, user, work.signal);
    await openTo(user, data.startsWith(live + sep) ? live : dirname(live), data);
    notes.push(...(await kind.prove({ source: archived.name, facts, data, user }, work)));
    // Also what the server has made.
    await giveTree(data, owner, work.signal);
  }
  return notes;
}

function ofRoot(live: string): KedgeError {
  const why = `its data folder belongs to root in the backup, and as root no server is started on what an archive holds: give "${live}" to the user who is to run it first, and make it where it is missing`;
  return new KedgeError('restore-refused', { why });
}
