import type { Job, Throughput } from '../../protocol/domain/job.ts';
import type { ThroughputStore } from '../state/throughput-records.ts';

/** How fast jobs were over their lives: those at work from here, those that are over from the state. */
export interface ThroughputRecords {
  /** What a job says of itself; one that does not run says nothing of this. */
  take(job: Job, atMs: number): void;
  of(job: number): Throughput | undefined;
}

/** Points that are kept of a job; of a longer one each stands for twice as long. */
const mostPoints = 120;
const firstMs = 1_000;

interface Record {
  fromMs: number;
  everyMs: number;
  /** Sum and count of what was told in each piece of time. */
  pieces: { sum: number; count: number }[];
}

export function createThroughputRecords(kept: ThroughputStore): ThroughputRecords {
  const records = new Map<number, Record>();
  const keep = (id: number): void => {
    const record = records.get(id);
    if (record === undefined) return;
    try {
      kept.save(id, shown(record));
      records.delete(id);
    } catch {
      // On a full disk the end of a job matters more than a picture of it, which stays until this Kedge ends.
    }
  };
  return {
    take({ id, state }, atMs) {
      if (state.kind !== 'running') {
        keep(id);
        return;
      }
      const record = records.get(id) ?? { fromMs: atMs, everyMs: firstMs, pieces: [] };
      records.set(id, record);
      while (placeOf(record, atMs) >= mostPoints) halve(record);
      put(record, placeOf(record, atMs), state.progress.rate);
    },
    of(job) {
      const record = records.get(job);
      return record === undefined ? kept.of(job) : shown(record);
    },
  };
}

function shown({ fromMs, everyMs, pieces }: Record): Throughput {
  return { fromMs, everyMs, bytesPerSecond: pieces.map(meanOf) };
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
