import { Throughput } from '../../protocol/domain/job.ts';
import type { StateDatabase } from './state-database.ts';

/** How fast jobs were that are over. */
export interface ThroughputStore {
  save(job: number, throughput: Throughput): void;
  of(job: number): Throughput | undefined;
}

/** Of so many of the newest jobs: some 600 KiB at most. */
const kept = 500;

export function openThroughputStore(database: StateDatabase): ThroughputStore {
  const insert = database.prepare('insert or replace into throughputs (job, record) values (?, ?)');
  const prune = database.prepare('delete from throughputs where job <= ?');
  const find = database.prepare('select record from throughputs where job = ?').pluck();
  return {
    save(job, throughput) {
      insert.run(job, JSON.stringify(throughput));
      prune.run(job - kept);
    },
    of(job) {
      const found = find.get(job);
      return found === undefined ? undefined : Throughput.parse(JSON.parse(String(found)));
    },
  };
}
