import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { handlers } from '../../agent/server/handlers/handlers.ts';
import type { Method } from '../../protocol/method.ts';
import { auditList } from '../../protocol/methods/audit.ts';
import { configGet, configSet } from '../../protocol/methods/config.ts';
import { kedgeStop } from '../../protocol/methods/setup.ts';
import {
  transferCancel,
  transferFinishUpload,
  transferOpenUpload,
} from '../../protocol/methods/transfer.ts';
import { openSession, type RunningKedge, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
let kedge: RunningKedge;
let session: Session;

beforeAll(async () => {
  const app = await makeSmallApplication(folder.path);
  kedge = await startKedge(app.home);
  session = await openSession(kedge.socket, { claimedUser: 'ali', tty: 'pts/3' });
});

afterAll(async () => {
  await kedge.stop();
  folder[Symbol.dispose]();
});

interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

const secret = 'Zk7-nobody-may-read-this';

/** The least that fits, secrets always given. */
function sample(schema: Schema, name = ''): unknown {
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice !== undefined) return sample(choice, name);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return objectOf(schema, name === 'secrets');
    case 'array':
      return (schema.minItems ?? 0) > 0 ? [sample(schema.items ?? {})] : [];
    case 'string':
      return textOf(schema, name);
    case 'boolean':
      return false;
    default:
      return Math.max(1, schema.minimum ?? 1);
  }
}

function objectOf({ properties = {}, required = [] }: Schema, whole: boolean): unknown {
  const wanted = Object.entries(properties).filter(
    ([key]) => whole || key === 'secrets' || required.includes(key),
  );
  const of = (key: string) => (whole ? 'secrets.text' : key);
  return Object.fromEntries(wanted.map(([key, inner]) => [key, sample(inner, of(key))]));
}

function textOf({ format, pattern }: Schema, name: string): string {
  if (format === 'uuid') return randomUUID();
  if (name === 'secrets.text') return secret;
  if (pattern === undefined) return 'nothing-of-that-name';
  return fc.sample(fc.stringMatching(new RegExp(pattern)), { numRuns: 1, seed: 7 })[0] ?? '';
}

/** The end of Kedge last. */
const mutatingMethods: readonly Method<z.ZodType, z.ZodType>[] = [
  ...[...handlers.values()].map(({ method }) => method),
  transferOpenUpload,
  transferFinishUpload,
  transferCancel,
].filter(({ mutating, name }) => mutating && name !== kedgeStop.name);

test('every call that changes something is recorded with who, what and result, and no secret', async () => {
  for (const method of mutatingMethods) {
    const params = sample(z.toJSONSchema(method.params, { io: 'input' }) as Schema);
    await session.call({ ...method, result: z.unknown() }, params).catch(() => undefined);
  }
  const { entries } = await session.call(auditList, { limit: 500 });
  const recorded = new Set(entries.map(({ method }) => method));
  expect(mutatingMethods.filter(({ name }) => !recorded.has(name)).map(({ name }) => name)).toEqual(
    [],
  );
  expect(mutatingMethods.length).toBeGreaterThan(40);
  for (const { outcome, ...entry } of entries) {
    expect(['done', 'failed']).toContain(outcome.kind);
    expect(entry).toMatchObject({ role: 'admin', claimedUser: 'ali', tty: 'pts/3' });
  }
  expect(entries.some(({ params }) => params['secrets'] === 'given')).toBe(true);
  expect(JSON.stringify(entries)).not.toContain(secret);
});

test('a long text is kept by its length and hash, and what a save led to beside it', async () => {
  const { text, revision } = await session.call(configGet, {});
  const longer = `${text}\n// ${'a'.repeat(1_000)}\n`;
  const order = { requestId: randomUUID(), text: longer, revision };
  const saved = await session.call(configSet, order);
  const { entries } = await session.call(auditList, { limit: 1, filter: 'config.set' });
  expect(entries).toMatchObject([
    { params: { revision }, outcome: { kind: 'done', revision: saved.revision } },
  ]);
  expect(entries[0]?.params['text']).toMatch(/^\d+ characters, SHA-256 [0-9a-f]{12}$/);
});

test('pages go from the newest to the oldest, and a filter asks all of them', async () => {
  const all = (await session.call(auditList, { limit: 500 })).entries.map(({ id }) => id);
  const paged: number[] = [];
  let before: number | undefined;
  for (let more = true; more; ) {
    const page = await session.call(auditList, { limit: 7, ...(before && { before }) });
    paged.push(...page.entries.map(({ id }) => id));
    before = paged.at(-1);
    more = page.more;
  }
  expect(paged).toEqual(all);
  const { entries } = await session.call(auditList, { limit: 1, filter: 'ALARM.ack' });
  expect(entries.map(({ method }) => method)).toEqual(['alarm.acknowledge']);
});

test('the call that ends Kedge is answered and recorded before it is gone', async () => {
  await session.call(kedgeStop, { requestId: randomUUID() });
  await kedge.stop();
  await using again = await startKedge(kedge.home);
  using later = await openSession(again.socket);
  const { entries } = await later.call(auditList, { limit: 1 });
  expect(entries).toMatchObject([{ method: 'kedge.stop', outcome: { kind: 'done' } }]);
});
