import { lstat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exists, makeFolder } from '../../os/files.ts';
import { isMountPoint } from '../../os/mount-points.ts';
import { realPathOf } from '../../os/real-path.ts';
import { contentBytes } from '../content-bytes.ts';
import { exchangeByMoves } from '../exchange-by-moves.ts';
import { unsafe } from '../member-path.ts';
import type {
  ArchivedSource,
  ExchangeItem,
  Exchanger,
  PreparedItem,
  SourceRestore,
  StageWork,
} from '../restore-kind.ts';
import type { SwapStep } from '../swap-step.ts';
import { compareTree } from './compare.ts';
import { isExchangedByChildren, prepareChildren } from './exchange-children.ts';
import { extractTree } from './extract-tree.ts';
import { findLeftOut } from './find-left-out.ts';
import { partOfFiles } from './part-of-files.ts';
import { preparePaths } from './prepare-paths.ts';
import type { FilesSettings } from './settings.ts';

export function restoreFiles(name: string, settings: FilesSettings): SourceRestore {
  const live = async () => await realPathOf(settings.path);
  const leaveOut = settings.exclude ?? [];
  return {
    engine: 'files',
    exchangesMounts: true,
    livePaths: async () => [await live()],
    compare: async (archived, work) =>
      await compareTree({ source: name, live: await live(), leaveOut, archived }, work.signal),
    space: async (archived) => [
      { path: await besideOf(await live()), bytes: await contentBytes(archived), part: 'staging' },
    ],
    items: async (_archived, place) => {
      const path = await live();
      return [{ live: path, ...(await place(path)), leaveOut }];
    },
    partly: async (archived, order) =>
      await partOfFiles(restoreFiles(name, settings), settings, archived, order),
    stage,
  };
}

export const filesExchanger: Exchanger = { prepare: prepareFolder, check: async () => {} };

async function stage(
  archived: ArchivedSource,
  items: readonly ExchangeItem[],
  { signal }: StageWork,
  onBytes: (bytes: number) => void,
): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const { incoming } of items) {
    if (incoming === undefined) continue;
    await makeFolder(dirname(incoming));
    notes.push(...(await extractTree(archived, incoming, signal, onBytes)));
    if (!(await exists(incoming))) await makeFolder(incoming, 0o755);
    if (!(await lstat(incoming)).isDirectory()) {
      throw unsafe(Buffer.from(archived.name), 'the root of the source is no folder');
    }
  }
  return notes;
}

/** What the source leaves out goes over to the incoming folder first; then the folders change places. */
async function prepareFolder(item: ExchangeItem): Promise<PreparedItem> {
  if (item.only !== undefined) return await preparePaths(item, item.only);
  if (await isExchangedByChildren(item)) return await prepareChildren(item);
  const exchange = await exchangeByMoves(item);
  const { steps, notes } = await carryLeftOut(item);
  return { ...exchange, steps: [...steps, ...exchange.steps], notes };
}

/** Where staging and undo lie. */
async function besideOf(live: string): Promise<string> {
  return (await isMountPoint(live)) ? live : dirname(live);
}

async function carryLeftOut({ live, incoming, leaveOut }: ExchangeItem) {
  const steps: SwapStep[] = [];
  const notes: string[] = [];
  if (incoming === undefined) return { steps, notes };
  for (const path of await findLeftOut(live, leaveOut ?? [])) {
    const [from, to] = [`${live}/${path}`, `${incoming}/${path}`];
    if ((await exists(dirname(to))) && !(await exists(to))) steps.push({ kind: 'move', from, to });
    else notes.push(`"${from}" is left out of the backups and went into the undo`);
  }
  return { steps, notes };
}
