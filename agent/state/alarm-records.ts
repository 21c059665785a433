import * as z from 'zod';
import { Alarm } from '../../protocol/domain/alarm.ts';
import type { StateDatabase } from './state-database.ts';

/** An alarm as it is kept. `told`: what was last told of it by the routes there were. */
export const AlarmRecord = Alarm.omit({ deliveries: true }).extend({
  told: z.enum(['nothing', 'open', 'cured']),
});
export type AlarmRecord = z.infer<typeof AlarmRecord>;

export interface AlarmRecords {
  /** An alarm and its deliveries are written down together, or neither. */
  atomically<T>(act: () => T): T;
  /** Answers it with its id. */
  add(record: Omit<AlarmRecord, 'id'>): AlarmRecord;
  save(record: AlarmRecord): void;
  get(id: number): AlarmRecord | undefined;
  /** The newest of each problem, by its key; those cured before that moment are left out. */
  standing(curedSinceMs: number): ReadonlyMap<string, AlarmRecord>;
  /** Cured ones, the one cured last first. */
  cured(limit: number): readonly AlarmRecord[];
  /** Removes those that were cured before; their deliveries go with them. */
  prune(curedBeforeMs: number): void;
}

export function openAlarmRecords(database: StateDatabase): AlarmRecords {
  const insert = database.prepare(
    'insert into alarms (key, state, cured_ms, record) values (?, ?, ?, ?)',
  );
  const update = database.prepare(
    'update alarms set state = ?, cured_ms = ?, record = ? where id = ?',
  );
  const byId = database.prepare('select id, record from alarms where id = ?');
  const standing = database.prepare(
    "select id, record from alarms where state <> 'cured' or cured_ms >= ? order by id",
  );
  const cured = database.prepare(
    "select id, record from alarms where state = 'cured' order by cured_ms desc, id desc limit ?",
  );
  const removeDeliveries = database.prepare(
    "delete from deliveries where alarm in (select id from alarms where state = 'cured' and cured_ms < ?)",
  );
  const remove = database.prepare("delete from alarms where state = 'cured' and cured_ms < ?");
  return {
    atomically: (act) => database.transaction(act)(),
    add(record) {
      const { key, state, curedMs } = record;
      const added = insert.run(key, state, curedMs ?? null, JSON.stringify(record));
      return { ...record, id: Number(added.lastInsertRowid) };
    },
    save: (record) =>
      void update.run(record.state, record.curedMs ?? null, JSON.stringify(record), record.id),
    get(id) {
      const row = byId.get(id);
      return row === undefined ? undefined : decode(row);
    },
    standing: (curedSinceMs) =>
      new Map(standing.all(curedSinceMs).map((row) => [decode(row).key, decode(row)])),
    cured: (limit) => cured.all(limit).map(decode),
    prune(curedBeforeMs) {
      removeDeliveries.run(curedBeforeMs);
      remove.run(curedBeforeMs);
    },
  };
}

const Row = z.object({ id: z.number(), record: z.string() });

function decode(raw: unknown): AlarmRecord {
  const { id, record } = Row.parse(raw);
  return AlarmRecord.parse({ ...JSON.parse(record), id });
}
