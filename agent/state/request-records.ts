import * as z from 'zod';
import { Failure } from '../../protocol/failures.ts';
import type { StateDatabase } from './state-database.ts';

const keptMs = 24 * 3600 * 1000;

export const RecordedAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('result'), result: z.unknown() }),
  z.object({ kind: z.literal('failure'), failure: Failure }),
]);
export type RecordedAnswer = z.infer<typeof RecordedAnswer>;

const Row = z.object({
  method: z.string(),
  answer: z.string().nullable(),
  socket: z.string().nullable(),
});

/** `begun` without an answer: Kedge died while it acted. */
export type RequestState =
  | { readonly kind: 'new' }
  | { readonly kind: 'begun' }
  /** The id was used for another method: what is recorded is no answer to this one. */
  | { readonly kind: 'other'; readonly method: string }
  /** It came through another socket: its answer is somebody else's. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'answered'; readonly answer: RecordedAnswer };

/** Mutating requests by their id, so that one sent twice acts once; kept for 24 h. */
export interface RequestRecords {
  begin(id: string, method: string, socket: string, nowMs: number): RequestState;
  answer(id: string, answer: RecordedAnswer): void;
}

export function openRequestRecords(database: StateDatabase): RequestRecords {
  const find = database.prepare('select method, answer, socket from requests where id = ?');
  const insert = database.prepare(
    'insert into requests (id, method, socket, at_ms) values (?, ?, ?, ?)',
  );
  const update = database.prepare('update requests set answer = ? where id = ?');
  const expire = database.prepare('delete from requests where at_ms < ?');
  return {
    begin(id, method, socket, nowMs) {
      expire.run(nowMs - keptMs);
      const found = find.get(id);
      if (found === undefined) {
        insert.run(id, method, socket, nowMs);
        return { kind: 'new' };
      }
      const row = Row.parse(found);
      if (row.socket !== null && row.socket !== socket) return { kind: 'foreign' };
      if (row.method !== method) return { kind: 'other', method: row.method };
      if (row.answer === null) return { kind: 'begun' };
      return { kind: 'answered', answer: RecordedAnswer.parse(JSON.parse(row.answer)) };
    },
    answer: (id, answer) => void update.run(JSON.stringify(answer), id),
  };
}
