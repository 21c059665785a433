import * as z from 'zod';
import { HealthChange } from '../../protocol/domain/service.ts';
import type { StateDatabase } from './state-database.ts';

/** When the health of services changed, for a week back. */
export interface ServiceHistory {
  add(service: string, change: HealthChange): void;
  last(service: string): HealthChange | undefined;
  /** Oldest first; the first one may be older than a week: it held when the week began. */
  of(service: string): readonly HealthChange[];
  services(): readonly string[];
  /** Until when somebody looked. */
  seenMs(): number | undefined;
  setSeen(atMs: number): void;
}

export const historyKeptMs = 7 * 24 * 3_600_000;
/** Of one service; one that never settles would else make thousands a day. */
const changesKept = 500;

const Row = z
  .object({ at_ms: z.number(), state: z.string(), why: z.string() })
  .transform(({ at_ms: atMs, state, why }) => HealthChange.parse({ atMs, state, why }));

const seenKey = 'services-seen-ms';

export function openServiceHistory(database: StateDatabase): ServiceHistory {
  const insert = database.prepare(
    'insert into service_changes (service, at_ms, state, why) values (?, ?, ?, ?)',
  );
  const find = database.prepare(
    'select at_ms, state, why from service_changes where service = ? order by id',
  );
  const last = database.prepare(
    'select at_ms, state, why from service_changes where service = ? order by id desc limit 1',
  );
  const services = database
    .prepare('select distinct service from service_changes order by service')
    .pluck();
  // Those of a clock that was ahead would outlive all others.
  const expire = database.prepare(
    `delete from service_changes where service = :service and (
       at_ms > :nowMs
       or id < (select max(id) from service_changes where service = :service and at_ms <= :oldMs)
       or id <= (select id from service_changes where service = :service order by id desc limit 1 offset :kept))`,
  );
  const seen = database.prepare('select value from meta where key = ?').pluck();
  const setSeen = database.prepare('insert or replace into meta (key, value) values (?, ?)');
  const add = database.transaction((service: string, { atMs, state, why }: HealthChange) => {
    insert.run(service, atMs, state, why);
    const oldMs = atMs - historyKeptMs;
    expire.run({ service, nowMs: atMs, oldMs, kept: changesKept });
  });
  return {
    add: (service, change) => void add(service, change),
    last(service) {
      const row = last.get(service);
      return row === undefined ? undefined : Row.parse(row);
    },
    of: (service) => find.all(service).map((row) => Row.parse(row)),
    services: () => services.all().map(String),
    seenMs() {
      const value = seen.get(seenKey);
      return value === undefined ? undefined : Number(value);
    },
    setSeen: (atMs) => void setSeen.run(seenKey, String(atMs)),
  };
}
