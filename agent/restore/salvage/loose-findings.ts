import { blockSize } from '../../archive/frame-writer.ts';
import { linkProblem } from '../../archive/index-line.ts';
import { nameProblem, ownFolder, sourceOf } from '../../archive/member-name.ts';
import { paddingOf } from '../../archive/tar-header.ts';
import type { TarEntry } from '../../archive/tar-reader.ts';
import type { Finding } from './finding.ts';
import { type FollowedBlocks, followBlocks } from './follow-blocks.ts';
import { type Bundle, firstHeader, isZero, readBundle } from './loose-bundle.ts';
import type { PieceReader } from './piece-reader.ts';
import { sourcesIn } from './sources-in.ts';

/**
 * What a file without its index holds: walks over the tar in the frames that are good, and after a lost one
 * goes on at the next frame that begins as a bundle does.
 */
export async function* looseFindings(
  from: PieceReader,
  sumsPiece: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  const walk: Walk = { from, padding: 0, sources: undefined };
  // What follows the sums is the index.
  const end = (sumsPiece ?? from.pieces.length) + 1;
  for (let next = 0; next < Math.min(end, from.pieces.length); ) {
    signal.throwIfAborted();
    next = yield* step(walk, next);
  }
}

interface Walk {
  readonly from: PieceReader;
  /** Zeros before the first header of the next frame; undefined: not known whether it has one. */
  padding: number | undefined;
  /** Names of the application's sources, once they are known. */
  sources: ReadonlySet<string> | undefined;
}

/** What one piece gives; answers the number of the next one to look at. */
async function* step(walk: Walk, number: number): AsyncGenerator<Finding, number> {
  const piece = walk.from.pieces[number];
  if (piece === undefined || piece.kind === 'delta') return number + 1;
  const bundle = piece.kind === 'good' ? await open(walk, number) : undefined;
  if (bundle === undefined) {
    walk.padding = undefined;
    const { kind, at, size } = piece;
    const isCut = kind === 'gap' && at + size === walk.from.reader.sizeBytes;
    yield { kind: 'lost', reason: isCut ? 'cut off' : 'damaged', at, bytes: size };
    return number + 1;
  }
  for (const { entry, content } of bundle.members) {
    walk.sources ??= sourcesIn(entry.name, content);
    yield found(entry, async function* () {
      yield content;
    });
  }
  walk.padding = bundle.isWhole ? 0 : undefined;
  if (bundle.large === undefined) return number + 1;
  return yield* large(walk, bundle.large, number + 1);
}

async function* large(walk: Walk, entry: TarEntry, first: number): AsyncGenerator<Finding, number> {
  const blocks = await followBlocks(walk.from, first, entry.sizeBytes);
  walk.padding = blocks.isSynced ? paddingOf(entry.sizeBytes) : undefined;
  // Its place is the end of what a scan can find, and it lists none of what comes now.
  if (entry.name.toString() !== `${ownFolder}index`) {
    const isCut = !blocks.isSynced && endsIn(walk.from, blocks.next);
    const finding = found(entry, () => contentOf(walk.from, entry, blocks));
    yield finding.kind === 'member' && isCut ? { ...finding, cutOff: true } : finding;
  }
  return blocks.next;
}

/** Whether nothing follows that can be read. */
function endsIn({ pieces }: PieceReader, next: number): boolean {
  return pieces.slice(next).every(({ kind }) => kind === 'gap');
}

/** The members of a frame; undefined: it is a part of something whose header is lost. */
async function open({ from, padding, sources }: Walk, number: number): Promise<Bundle | undefined> {
  const content = await from.content(number);
  const isExpected = padding !== undefined && isZero(content.subarray(0, padding));
  if (isExpected) {
    const bundle = await readBundle(content, padding);
    if (bundle.isWhole || bundle.members.length > 0) return bundle;
  }
  const start = firstHeader(content);
  if (start === undefined) return undefined;
  // What is not expected must be a bundle as ours are, as an upload may be a tar.
  const bundle = await readBundle(content, start);
  const known = (entry: TarEntry): boolean =>
    sources === undefined ||
    sources.has(sourceOf(entry.name)) ||
    entry.name.toString('latin1').startsWith(ownFolder);
  const all = [
    ...bundle.members.map(({ entry }) => entry),
    ...(bundle.large ? [bundle.large] : []),
  ];
  return bundle.isWhole && all.every(known) ? bundle : undefined;
}

function found(entry: TarEntry, content: () => AsyncIterable<Buffer | number>): Finding {
  const problem = nameProblem(entry.name) ?? linkProblem(entry.kind, entry.linkTarget);
  const isEmpty = entry.kind === 'file' || entry.sizeBytes === 0;
  if (problem === undefined && isEmpty) return { kind: 'member', header: entry, content };
  return { kind: 'lost', reason: 'refused', name: entry.name };
}

async function* contentOf(
  from: PieceReader,
  { sizeBytes }: TarEntry,
  { before, after, resumed }: FollowedBlocks,
): AsyncGenerator<Buffer | number> {
  const size = (block: number): number => Math.min(blockSize, sizeBytes - block * blockSize);
  for (const [block, piece] of before.entries()) {
    yield piece === undefined ? size(block) : await from.content(piece);
  }
  const skipped = Math.min(resumed * blockSize, sizeBytes) - before.length * blockSize;
  if (skipped > 0) yield skipped;
  for (const [nth, piece] of after.entries()) {
    yield piece === undefined ? size(resumed + nth) : await from.content(piece);
  }
}
