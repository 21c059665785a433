import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditedParams } from '../../agent/server/audited.ts';
import { auditList } from '../../protocol/methods/audit.ts';
import { configChange, configGet, configTest, configTry } from '../../protocol/methods/config.ts';
import { schedulePreview } from '../../protocol/methods/schedule.ts';
import { openSession, type RunningKedge, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder();
const usb = join(folder.path, 'usb');
const more = join(folder.path, 'more');
let kedge: RunningKedge;
let session: Session;
let path: string;

beforeAll(async () => {
  const app = await makeSmallApplication(folder.path);
  path = join(app.home, 'kedge.jsonc');
  for (const path of [usb, more]) mkdirSync(path);
  kedge = await startKedge(app.home);
  session = await openSession(kedge.socket);
});
afterAll(async () => {
  await kedge.stop();
  folder[Symbol.dispose]();
});

const store = {
  kind: 'set',
  path: ['stores', 'usb'],
  value: { kind: 'local', path: usb },
} as const;

test('a change is tried, tested and saved, each against what stands there', async () => {
  const { text: before, revision } = await session.call(configGet, {});
  const wrong = { ...store, value: { kind: 'local', path: 'usb' } };
  const { problems } = await session.call(configTry, { changes: [wrong] });
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^stores\.usb\.path: /),
  ]);
  const asked = { changes: [store], section: 'stores', name: 'usb' } as const;
  const { findings } = await session.call(configTest, asked);
  expect(findings).toMatchObject([
    { tone: 'bad', thing: 'destination "usb"', command: 'kedge destination prepare usb' },
  ]);
  expect(readFileSync(path, 'utf8')).toBe(before);

  const order = { requestId: randomUUID(), changes: [store], revision };
  const saved = await session.call(configChange, order);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ stores: { usb: store.value } });
  const late = { ...order, requestId: randomUUID() };
  await expect(session.call(configChange, late)).rejects.toMatchObject({
    failure: { code: expect.stringMatching(/^config-changed/) },
  });
  const bad = { requestId: randomUUID(), changes: [wrong], revision: saved.revision };
  await expect(session.call(configChange, bad)).rejects.toMatchObject({
    failure: { code: 'config-invalid' },
  });
});

test('sources and services are tested as they would be', async () => {
  const source = { kind: 'set', path: ['sources', 'more'], value: { engine: 'files', path: more } };
  const password = { file: join(folder.path, 'nothing') };
  const database = {
    ...{ engine: 'postgres', socket: folder.path, user: 'kedge', name: 'shop', password },
  };
  const byHand = { manager: 'command', start: ['true'], stop: ['true'], status: ['true'] };
  const service = {
    kind: 'set',
    path: ['services', 'db'],
    value: {
      ...{ ...byHand, role: 'database', database },
      dependsOn: ['other'],
    },
  };
  const needed = { kind: 'set', path: ['services', 'other'], value: { ...byHand, role: 'host' } };
  const test = async (change: object, section: 'sources' | 'services', name: string) =>
    (
      await session.call(configTest, { changes: [needed, change] as never, section, name })
    ).findings.map(({ tone, thing }) => `${tone} ${thing}`);
  expect(await test(source, 'sources', 'more')).toEqual(['ok source "more"']);
  const found = await test(service, 'services', 'db');
  expect(found).toContain('bad services.db.database.password');
  expect(found.filter((text) => text.startsWith('advice'))).toEqual([]);
  expect(found.filter((text) => text === 'bad service "db"').length).toBeGreaterThan(0);
});

test('the audit says what was changed, and keeps no secret that somebody typed there', async () => {
  const { revision } = await session.call(configGet, {});
  const value = {
    manager: 'process',
    role: 'host',
    command: ['/bin/true', '--password=geheim-1'],
    environment: { TOKEN: 'geheim-2' },
  };
  const changes = [
    { kind: 'set', path: ['services', 'host'], value },
    { kind: 'set', path: ['alarms', 'routes', 'ops', 'password'], value: 'geheim-3' },
  ] as const;
  const order = { requestId: randomUUID(), changes, revision };
  await session.call(configChange, order).catch(() => undefined);
  const { entries } = await session.call(auditList, { limit: 1, filter: 'config.change' });
  expect(entries[0]?.params).toMatchObject({
    'services.host': { manager: 'process', role: 'host', command: ['not kept', 'not kept'] },
    'alarms.routes.ops.password': 'not kept',
  });
  expect(JSON.stringify(entries)).not.toContain('geheim');
});

test('a test is on record with the host that it asks, and without secrets', async () => {
  const password = { file: join(folder.path, 'nothing') };
  const database = {
    ...{ engine: 'postgres', host: '127.0.0.1', port: 1, user: 'kedge', name: 'shop', password },
  };
  const value = {
    ...{ manager: 'process', role: 'database', command: ['/bin/true', '--password=geheim-4'] },
    database,
    environment: { LONG: 'x'.repeat(300), ...Object.fromEntries(many(300)) },
    probes: [{ kind: 'http', url: 'http://me:geheim-5@localhost:1/up' }],
  };
  const changes = [{ kind: 'set', path: ['services', 'db'], value }] as const;
  await session.call(configTest, { changes: [...changes], section: 'services', name: 'db' });
  const { entries } = await session.call(auditList, { limit: 1 });
  expect(entries).toMatchObject([
    {
      method: 'config.test',
      params: {
        ...{ section: 'services', name: 'db', hosts: ['127.0.0.1', 'localhost:1'] },
        'services.db': expect.stringMatching(/^\d+ characters$/),
      },
      outcome: { kind: 'done' },
    },
  ]);
  expect(JSON.stringify(entries)).not.toContain('geheim');
});

function many(count: number): readonly (readonly [string, string])[] {
  return Array.from({ length: count }, (_, n) => [`VARIABLE_${n}`, 'geheim-6'] as const);
}

test('of changes that are too many to keep the places stay, and a refused test keeps no secret', () => {
  const long = { kind: 'set', path: ['sources', 'a'], value: { exclude: many(400).flat() } };
  const short = { kind: 'set', path: ['sources', 'db', 'host'], value: 'db.example' };
  const changes = [long, short, { kind: 'remove', path: ['stores', 'usb'] }];
  expect(auditedParams(configChange.name, { requestId: 'r', changes, revision: 'v' })).toEqual({
    revision: 'v',
    'sources.a': expect.stringMatching(/^\d+ characters$/),
    'sources.db.host': 'db.example',
    'stores.usb': 'removed',
  });
  const secret = { kind: 'set', path: ['sources', 'db', 'password'], value: 'geheim-7' };
  for (const { name } of [configTest, configTry])
    expect(auditedParams(name, { changes: [secret] })).toEqual({
      'sources.db.password': 'not kept',
    });
});

test('a preview of a schedule refuses destinations that are not there', async () => {
  const full = { every: 'day', at: '02:00' } as const;
  const settings = { full, store: 'local', copyTo: 'nowhere', zone: 'UTC' };
  await expect(session.call(schedulePreview, { settings })).rejects.toMatchObject({
    failure: { code: 'bad-argument', params: { what: 'schedule copyTo' } },
  });
});

test('the audit keeps every change of many, also those of one place', () => {
  const set = (key: string, value: unknown) => ({ kind: 'set', path: ['application', key], value });
  const first = { kind: 'insert', path: ['sources', 'a', 'exclude', 0], value: '*.tmp' };
  const others = Array.from({ length: 60 }, (_, n) => set(`k${n}`, n));
  const changes = [first, { ...first, value: '*' }, ...others, set('name', 'Other')];
  const kept = auditedParams(configChange.name, { requestId: 'r', changes, revision: 'v' });
  expect(kept).toMatchObject({
    revision: 'v',
    'sources.a.exclude.0': ['*.tmp', '*'],
    'application.k59': 59,
    'application.name': 'Other',
  });
});
