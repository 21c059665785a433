import { decompressFrame, frameSizeLimit } from '../../archive/zstd-frame.ts';
import type { FileWindow } from './file-window.ts';
import { type FrameLayout, layoutAt, magics } from './frame-layout.ts';
import { firstHeader, readBundle } from './loose-bundle.ts';

/** Beyond the longest frame, so that a run of frames that begins in it can be followed out of it. */
const ahead = frameSizeLimit + (4 << 20);
/** Bounds the work on a file made of magic numbers only. */
const candidateLimit = 4096;

/** Frames that follow each other from `at` on: where they end, how many they are. */
interface Run {
  readonly at: number;
  readonly end: number;
  readonly frames: number;
}

/**
 * Where frames go on after garbage, at `from` or later; the file's size if nowhere. An upload may itself be
 * made of zstd frames that lie as they are in one of ours: they end with it, so a run of frames that goes on
 * where no frame of ours can reach is preferred, and one whose content looks like ours.
 */
export async function findNextFrame(
  window: FileWindow,
  from: number,
  sizeBytes: number,
  signal: AbortSignal,
): Promise<number> {
  for (let start = from; start < sizeBytes; start += frameSizeLimit) {
    signal.throwIfAborted();
    const bytes = await window.from(start, ahead);
    const isEnd = start + bytes.length >= sizeBytes;
    const runs = runsIn(bytes, isEnd).toSorted((a, b) => a.at - b.at);
    for (const run of runs) if (await isLikely(bytes, run)) return start + run.at;
    for (const run of runs) if (await isTrue(bytes, run)) return start + run.at;
  }
  return sizeBytes;
}

const beyond = Number.MAX_SAFE_INTEGER;
/** Ours have at most 1 MiB of content. */
const ownFrameLimit = (1 << 20) + 8192;

async function isLikely(bytes: Buffer, run: Run): Promise<boolean> {
  if (!(await isTrue(bytes, run))) return false;
  if (run.end > ownFrameLimit) return true;
  const layout = layoutAt(bytes, run.at);
  if (layout.kind !== 'data') return false;
  const frame = bytes.subarray(run.at, run.at + layout.size);
  const content = await decompressFrame(frame, layout.contentSize).catch(() => undefined);
  const start = content && firstHeader(content);
  return start !== undefined && (await readBundle(content ?? Buffer.alloc(0), start)).isWhole;
}

function runsIn(bytes: Buffer, isEnd: boolean): readonly Run[] {
  // Backwards, so that where a run joins one that is known its end is known.
  const known = new Map<number, Run>();
  for (const at of candidates(bytes).toReversed()) {
    const layout = layoutAt(bytes, at);
    const run = runFrom(bytes, at, layout, isEnd, known);
    if (run !== undefined) known.set(at, run);
  }
  return [...known.values()];
}

function runFrom(
  bytes: Buffer,
  first: number,
  layout: FrameLayout,
  isEnd: boolean,
  known: ReadonlyMap<number, Run>,
): Run | undefined {
  let at = first;
  let frames = 0;
  for (let next = layout; 'size' in next && at + next.size <= bytes.length; ) {
    at += next.size;
    frames += 1;
    const joined = known.get(at);
    if (joined !== undefined) return { at: first, end: joined.end, frames: frames + joined.frames };
    if (at >= frameSizeLimit) return { at: first, end: beyond, frames };
    next = layoutAt(bytes, at);
  }
  if (frames === 0) return undefined;
  const reachesEnd = isEnd && at === bytes.length;
  return { at: first, end: reachesEnd ? beyond : at, frames };
}

function candidates(bytes: Buffer): readonly number[] {
  const found: number[] = [];
  for (const magic of magics) {
    let at = bytes.indexOf(magic);
    for (let count = 0; at !== -1 && at < frameSizeLimit && count < candidateLimit; count++) {
      found.push(at);
      at = bytes.indexOf(magic, at + 1);
    }
  }
  return found.toSorted((a, b) => a - b);
}

/** Chance makes no two frames in a row; a single one must decode. */
async function isTrue(bytes: Buffer, run: Run): Promise<boolean> {
  if (run.frames > 1) return true;
  const layout = layoutAt(bytes, run.at);
  if (layout.kind !== 'data') return false;
  const frame = bytes.subarray(run.at, run.at + layout.size);
  return await decompressFrame(frame, layout.contentSize).then(
    () => true,
    () => false,
  );
}
