import * as z from 'zod';
import { AuditEntry, type AuditOutcome } from '../../protocol/domain/audit.ts';
import type { StateDatabase } from './state-database.ts';

export type AuditRecord = Omit<AuditEntry, 'id' | 'outcome'>;

interface AuditQuery {
  readonly limit: number;
  readonly before?: number | undefined;
  readonly sinceMs?: number | undefined;
  readonly filter?: string | undefined;
}

/** Every call that changes something, and those that were refused. */
export interface AuditRecords {
  /** Before it acts; answers its number. */
  begin(record: AuditRecord): number;
  end(id: number, outcome: AuditOutcome): void;
  /** One that was not let through. */
  refused(record: AuditRecord, code: string): void;
  /** Newest first. */
  list(query: AuditQuery): { readonly entries: readonly AuditEntry[]; readonly more: boolean };
  /** Who made the configuration what it is at a revision; undefined: it was not saved through Kedge. */
  savedBy(revision: string): AuditEntry | undefined;
}

const Row = z.object({
  id: z.number(),
  atMs: z.number(),
  method: z.string(),
  socket: z.string(),
  role: z.string().nullable(),
  claimedUser: z.string().nullable(),
  tty: z.string().nullable(),
  client: z.string().nullable(),
  params: z.string(),
  outcome: z.string().nullable(),
});

const columns = `id, at_ms as atMs, method, socket, role, claimed_user as claimedUser, tty, client, params, outcome`;

/** `working` of a Kedge before this one never ends. */
export function openAuditRecords(database: StateDatabase): AuditRecords {
  database
    .prepare(`update audit set outcome = ? where outcome = ?`)
    .run(JSON.stringify({ kind: 'unknown' }), JSON.stringify({ kind: 'working' }));
  const insert = database.prepare(
    `insert into audit (at_ms, method, socket, role, claimed_user, tty, client, params, outcome, refused)
     values (@atMs, @method, @socket, @role, @claimedUser, @tty, @client, @params, @outcome, @refused)`,
  );
  const update = database.prepare('update audit set outcome = ? where id = ?');
  const page = database.prepare(
    `select ${columns} from audit
     where id < @before and at_ms >= @sinceMs
       and (@filter = '' or instr(lower(concat_ws(' ', method, role, claimed_user, tty, client, params, outcome)), @filter) > 0)
     order by id desc limit @limit`,
  );
  const saved = database.prepare(
    `select ${columns} from audit where outcome = ? order by id desc limit 1`,
  );
  const write = (record: AuditRecord, outcome: AuditOutcome, refused: 0 | 1): number => {
    const { role = null, claimedUser = null, tty = null, client = null } = record;
    const params = JSON.stringify(record.params);
    const said = { role, claimedUser, tty, client, params, outcome: JSON.stringify(outcome) };
    return Number(insert.run({ ...record, ...said, refused }).lastInsertRowid);
  };
  return {
    begin: (record) => write(record, { kind: 'working' }, 0),
    end: (id, outcome) => void update.run(JSON.stringify(outcome), id),
    refused: (record, code) => void write(record, { kind: 'failed', code }, 1),
    list({ limit, before = Number.MAX_SAFE_INTEGER, sinceMs = 0, filter = '' }) {
      const asked = { before, sinceMs, filter: filter.toLowerCase(), limit: limit + 1 };
      const rows = page.all(asked).map(entryOf);
      return { entries: rows.slice(0, limit), more: rows.length > limit };
    },
    savedBy(revision) {
      const found = saved.get(JSON.stringify({ kind: 'done', revision }));
      return found === undefined ? undefined : entryOf(found);
    },
  };
}

function entryOf(found: unknown): AuditEntry {
  const { role, claimedUser, tty, client, params, outcome, ...rest } = Row.parse(found);
  const said = { role, claimedUser, tty, client };
  return AuditEntry.parse({
    ...rest,
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)),
    params: JSON.parse(params),
    outcome: outcome === null ? { kind: 'unknown' } : JSON.parse(outcome),
  });
}
