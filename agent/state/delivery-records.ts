import * as z from 'zod';
import { Delivery } from '../../protocol/domain/alarm.ts';
import type { StateDatabase } from './state-database.ts';

/** Something to be told by one route, with what it says as JSON. */
export interface DeliveryRecord extends Delivery {
  readonly id: number;
  readonly alarm?: number;
  readonly createdMs: number;
  readonly body: unknown;
}

export interface NewDelivery extends Pick<Delivery, 'route' | 'what'> {
  readonly alarm?: number;
  /** Not before; absent: at once. */
  readonly nextMs?: number;
  readonly body: unknown;
}

export type DeliveryEnd = Pick<Delivery, 'state' | 'atMs' | 'tries' | 'nextMs' | 'problem'>;

export interface DeliveryRecords {
  add(delivery: NewDelivery, nowMs: number): DeliveryRecord;
  /** One that nobody has to see to any more. */
  addEnded(delivery: NewDelivery, end: DeliveryEnd): void;
  /** What a try came to. */
  save(id: number, end: DeliveryEnd): void;
  remove(id: number): void;
  /** What waits for a route, oldest first. */
  waiting(route: string, limit: number): readonly DeliveryRecord[];
  /** Routes for which something waits. */
  waitingRoutes(): readonly string[];
  /** Of one alarm, oldest first. */
  ofAlarm(alarm: number): readonly DeliveryRecord[];
  /** The newest of a route in a state; of one kind, where that is named. */
  newest(
    route: string,
    state: Delivery['state'],
    what?: Delivery['what'],
  ): DeliveryRecord | undefined;
  /** Those that ended before and are of no alarm. */
  prune(beforeMs: number): void;
}

export function openDeliveryRecords(database: StateDatabase): DeliveryRecords {
  const insert = database.prepare(
    `insert into deliveries (alarm, route, what, state, created_ms, at_ms, tries, next_ms, body)
     values (@alarm, @route, @what, 'waiting', @now, @now, 0, @next, @body) returning *`,
  );
  const update = database.prepare(
    `update deliveries set state = @state, at_ms = @atMs, tries = @tries, next_ms = @next,
     problem = @problem where id = @id`,
  );
  const remove = database.prepare('delete from deliveries where id = ?');
  const waiting = database.prepare(
    "select * from deliveries where route = ? and state = 'waiting' order by id limit ?",
  );
  const routes = database
    .prepare("select distinct route from deliveries where state = 'waiting'")
    .pluck();
  const ofAlarm = database.prepare('select * from deliveries where alarm = ? order by id');
  const newest = database.prepare(
    `select * from deliveries where route = ? and state = ? and (? is null or what = ?)
     order by at_ms desc, id desc limit 1`,
  );
  const prune = database.prepare(
    "delete from deliveries where alarm is null and state <> 'waiting' and at_ms < ?",
  );
  const add = (
    { alarm, route, what, nextMs, body }: NewDelivery,
    nowMs: number,
  ): DeliveryRecord => {
    const values = { route, what, now: nowMs, body: JSON.stringify(body) };
    return decode(insert.get({ ...values, alarm: alarm ?? null, next: nextMs ?? null }));
  };
  const save = (id: number, { nextMs, problem, ...end }: DeliveryEnd): void =>
    void update.run({ ...end, id, next: nextMs ?? null, problem: problem ?? null });
  const addBoth = database.transaction((delivery: NewDelivery, end: DeliveryEnd) =>
    save(add(delivery, end.atMs).id, end),
  );
  return {
    add,
    save,
    addEnded: (delivery, end) => void addBoth(delivery, end),
    remove: (id) => void remove.run(id),
    waiting: (route, limit) => waiting.all(route, limit).map(decode),
    waitingRoutes: () => routes.all().map(String),
    ofAlarm: (alarm) => ofAlarm.all(alarm).map(decode),
    newest(route, state, what) {
      const row = newest.get(route, state, what ?? null, what ?? null);
      return row === undefined ? undefined : decode(row);
    },
    prune: (beforeMs) => void prune.run(beforeMs),
  };
}

const Row = z.object({
  id: z.number(),
  alarm: z.number().nullable(),
  route: z.string(),
  what: z.string(),
  state: z.string(),
  created_ms: z.number(),
  at_ms: z.number(),
  tries: z.number(),
  next_ms: z.number().nullable(),
  problem: z.string().nullable(),
  body: z.string(),
});

function decode(raw: unknown): DeliveryRecord {
  const row = Row.parse(raw);
  const { route, what, state, tries, next_ms: nextMs, problem } = row;
  const delivery = Delivery.parse({
    route,
    what,
    state,
    atMs: row.at_ms,
    tries,
    ...(nextMs === null ? {} : { nextMs }),
    ...(problem === null ? {} : { problem }),
  });
  return {
    ...delivery,
    id: row.id,
    ...(row.alarm === null ? {} : { alarm: row.alarm }),
    createdMs: row.created_ms,
    body: JSON.parse(row.body),
  };
}
