import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { demoPlaces } from '../../agent/demo/demo-places.ts';
import { tryApplication } from '../../agent/drill/try-application.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { smallDemo } from './small-demo.ts';

test("the demo's drill starts its Host on the copy of the database and ends it again", async () => {
  await using demo = await smallDemo();
  const { database, uploads } = demoPlaces(demo.path);
  const settings = demo.config.drill?.probe;
  if (settings === undefined) throw new Error('the demo has no drill.probe');
  const folder = join(demo.path, 'own');
  mkdirSync(folder);
  const copies = new Map([
    ['database', database],
    ['uploads', uploads],
  ]);
  const work = recordedWork();
  const found = await tryApplication({ drill: 'demo-drill', settings, copies, folder }, work);
  expect(found).toMatchObject({ ready: true });
  expect(found.text).toMatch(/^GET \/health 200/);
});

test("a copy without the clinic's tables is named", async () => {
  await using demo = await smallDemo();
  const settings = demo.config.drill?.probe;
  if (settings === undefined) throw new Error('the demo has no drill.probe');
  const folder = join(demo.path, 'own');
  mkdirSync(folder);
  const database = join(demo.path, 'empty.sqlite');
  new Database(database).close();
  const copies = new Map([
    ['database', database],
    ['uploads', folder],
  ]);
  const trial = { drill: 'demo-drill', settings: { ...settings, timeoutSeconds: 1 }, copies };
  const found = await tryApplication({ ...trial, folder }, recordedWork());
  expect(found.ready).toBe(false);
});
