import type { Gap } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { Work } from '../os/work.ts';
import type { Capture, CaptureOrder, Source } from '../sources/source.ts';
import type { Hold, Quiescence } from './quiescence.ts';

/** A source whose capture is held; writers go on once its members are read. */
export interface Captured {
  readonly source: Source;
  readonly capture: Capture;
  readonly hold: Hold;
}

export interface Captures extends AsyncDisposable {
  /** In the order in which they are to be read. */
  readonly captured: readonly Captured[];
  readonly gaps: readonly Gap[];
}

/** Captures all sources, lists first; one that can't be captured is a gap and does not spoil the rest. */
export async function captureSources(
  sources: readonly Source[],
  work: Work,
  quiescence: Quiescence,
  orderOf: (source: Source) => CaptureOrder = () => ({}),
): Promise<Captures> {
  await using open = new AsyncDisposableStack();
  const captured = new Map<Source, Captured>();
  const gaps: Gap[] = [];
  for (const source of listsFirst(sources)) {
    work.signal.throwIfAborted();
    try {
      captured.set(source, await captureOne(source, work, quiescence, orderOf(source), open));
    } catch (error) {
      gaps.push(gapOf(source, error));
      work.log('warning', `source "${source.name}" is not in this backup: ${reasonOf(error)}`);
    }
  }
  const kept = open.move();
  return {
    captured: readingOrder(sources).flatMap((source) => captured.get(source) ?? []),
    gaps,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** What others wait for comes first: writers that are held off, then snapshots of databases, whose logs grow. */
function readingOrder(sources: readonly Source[]): readonly Source[] {
  const rank = ({ takes, quiesce }: Source): number => {
    if (takes === 'list') return quiesce.kind === 'none' ? 2 : 0;
    return 1;
  };
  return sources.toSorted((a, b) => rank(a) - rank(b));
}

function listsFirst(sources: readonly Source[]): readonly Source[] {
  return [
    ...sources.filter(({ takes }) => takes === 'list'),
    ...sources.filter(({ takes }) => takes === 'copy'),
  ];
}

async function captureOne(
  source: Source,
  work: Work,
  quiescence: Quiescence,
  order: CaptureOrder,
  open: AsyncDisposableStack,
): Promise<Captured> {
  const hold = open.use(await quiescence.hold(source));
  work.progress(`${source.takes === 'list' ? 'list' : 'capture'} ${source.name}`, 0, 0);
  try {
    const capture = open.use(await source.capture(work, order));
    // A copy is taken when it is made: writers need not wait for the archive.
    if (source.takes === 'copy') await hold[Symbol.asyncDispose]();
    return { source, capture, hold };
  } catch (error) {
    await hold[Symbol.asyncDispose]();
    throw error;
  }
}

/** Failures that are the job's and not the source's. */
const ofTheJob: ReadonlySet<string> = new Set(['cancelled', 'no-space', 'internal']);

function gapOf(source: Source, error: unknown): Gap {
  if (!(error instanceof KedgeError) || ofTheJob.has(error.failure.code)) throw error;
  return { kind: 'source', source: source.name, path: '', reason: error.message };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
