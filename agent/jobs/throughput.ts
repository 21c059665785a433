import type { Job, Throughput } from '../../protocol/domain/job.ts';

/** How fast jobs were over their lives, of the last ones since the daemon started. */
export interface ThroughputRecords {
  /** What a job says of itself; one that does not run says nothing of this. */
  take(job: Job, atMs: number): void;
  of(job: number): Throughput | undefined;
}

/** Points that are kept of a job; of a longer one each stands for twice as long. */
const mostPoints = 120;
const firstMs = 1_000;
const keptJobs = 50;

interface Record {
  fromMs: number;
  everyMs: number;
  /** Sum and count of what was told in each piece of time. */
  pieces: { sum: number; count: number }[];
}

export function createThroughputRecords(): ThroughputRecords {
  const records = new Map<number, Record>();
  return {
    take({ id, state }, atMs) {
      if (state.kind !== 'running') return;
      const record = records.get(id) ?? { fromMs: atMs, everyMs: firstMs, pieces: [] };
      records.set(id, record);
      while (placeOf(record, atMs) >= mostPoints) halve(record);
      put(record, placeOf(record, atMs), state.progress.rate);
      const [oldest] = records.keys();
      if (records.size > keptJobs && oldest !== undefined) records.delete(oldest);
    },
    of(job) {
      const record = records.get(job);
      if (record === undefined) return undefined;
      const { fromMs, everyMs, pieces } = record;
      return { fromMs, everyMs, bytesPerSecond: pieces.map(meanOf) };
    },
  };
}

/** A clock that was put back adds to the first piece. */
function placeOf({ fromMs, everyMs }: Record, atMs: number): number {
  return Math.max(0, Math.floor((atMs - fromMs) / everyMs));
}

function put({ pieces }: Record, place: number, value: number): void {
  while (pieces.length <= place) pieces.push({ sum: 0, count: 0 });
  const piece = pieces[place];
  if (piece === undefined) return;
  piece.sum += value;
  piece.count++;
}

function halve(record: Record): void {
  const { pieces } = record;
  record.everyMs *= 2;
  record.pieces = Array.from({ length: Math.ceil(pieces.length / 2) }, (_, place) => {
    const [first, second] = [pieces[2 * place], pieces[2 * place + 1]];
    return {
      sum: (first?.sum ?? 0) + (second?.sum ?? 0),
      count: (first?.count ?? 0) + (second?.count ?? 0),
    };
  });
}

function meanOf({ sum, count }: { readonly sum: number; readonly count: number }): number {
  return count === 0 ? 0 : Math.round(sum / count);
}
