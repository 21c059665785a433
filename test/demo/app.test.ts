import { once } from 'node:events';
import { copyFile, readdir, rename, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { serviceNames } from '../../agent/demo/app/clinic-settings.ts';
import { demoPlaces } from '../../agent/demo/demo-places.ts';
import { until } from '../support/until.ts';
import { RunningClinic } from './running-clinic.ts';
import { smallDemo } from './small-demo.ts';

test('the clinic runs: the Agent’s rows and uploads arrive, and SIGTERM ends each, whoever still asks it', async () => {
  await using demo = await smallDemo();
  await using clinic = new RunningClinic(demo.config);
  for (const name of serviceNames) clinic.start(name);
  for (const name of serviceNames) await until(async () => (await clinic.status(name)) === 200);
  const before = await clinic.counts();
  await until(async () => {
    const { appointments = 0, invoices = 0 } = await clinic.counts();
    return appointments > (before['appointments'] ?? 0) && invoices > (before['invoices'] ?? 0);
  });
  const inbox = join(demoPlaces(demo.path).uploads, 'Inbox');
  expect(await readdir(inbox)).toEqual(['Überweisung scan 001.jpg']);
  for (const [name, path] of [
    ['agent', '/health'],
    ['host', '/appointments'],
    ['database', '/query'],
  ] as const) {
    using _held = await holdConnection(clinic.url(name, path));
    await clinic.end(name, 'SIGTERM');
    expect(clinic.child(name).exitCode).toBe(0);
  }
  expect(await readdir(demoPlaces(demo.path).run)).toEqual([]);
});

test('a stopped database makes Host and Agent ill, and they recover with it', async () => {
  await using demo = await smallDemo();
  await using clinic = new RunningClinic(demo.config);
  for (const name of serviceNames) clinic.start(name);
  for (const name of serviceNames) await until(async () => (await clinic.status(name)) === 200);
  await clinic.end('database', 'SIGTERM');
  expect(await clinic.status('host')).toBe(503);
  expect(await clinic.status('agent')).toBe(200);
  await until(async () => (await clinic.status('agent')) === 503, 20_000);
  clinic.start('database');
  for (const name of serviceNames) await until(async () => (await clinic.status(name)) === 200);
});

test('the database service notices another file under the name, and a damaged one', async () => {
  await using demo = await smallDemo();
  await using clinic = new RunningClinic(demo.config);
  const { database } = demoPlaces(demo.path);
  const spare = `${database}.spare`;
  await copyFile(database, spare);
  clinic.start('database');
  await until(async () => (await clinic.status('database')) === 200);
  expect(await clinic.query('deletePatients', { count: 200 })).toEqual({
    status: 200,
    json: { changes: 200 },
  });
  await rename(spare, database);
  expect(await patientsIn(clinic)).toBe(300);
  await copyFile(database, spare);
  await writeFile(`${database}.rubbish`, Buffer.alloc(100_000, 'rubbish '));
  await rename(`${database}.rubbish`, database);
  expect(await clinic.status('database')).toBe(503);
  await rename(database, `${database}.away`);
  expect(await clinic.status('database')).toBe(503);
  await rename(spare, database);
  expect(await clinic.status('database')).toBe(200);
  expect(await patientsIn(clinic)).toBe(300);
});

test('the database service follows a file rolled back beneath it by the backup API', async () => {
  await using demo = await smallDemo();
  await using clinic = new RunningClinic(demo.config);
  const { database } = demoPlaces(demo.path);
  const older = `${database}.older`;
  await copyFile(database, older);
  clinic.start('database');
  await until(async () => (await clinic.status('database')) === 200);
  await clinic.query('deletePatients', { count: 200 });
  expect(await patientsIn(clinic)).toBe(100);
  const source = new Database(older);
  await source.backup(database);
  source.close();
  expect(await patientsIn(clinic)).toBe(300);
});

test('wrong questions are refused with their reason', async () => {
  await using demo = await smallDemo();
  await using clinic = new RunningClinic(demo.config);
  clinic.start('database');
  clinic.start('host');
  await until(async () => (await clinic.status('host')) === 200);
  const post = { method: 'POST' };
  expect(await clinic.query('drop table patients', {})).toEqual({
    status: 400,
    json: { error: 'there is no statement "drop table patients"' },
  });
  expect((await clinic.query('deletePatients', {})).status).toBe(400);
  expect(await clinic.status('host', '/nothing')).toBe(404);
  expect(await clinic.status('host', '/appointments', { ...post, body: '{' })).toBe(400);
  expect(await clinic.status('host', '/uploads?name=../../x&patient=1', post)).toBe(400);
  expect(await clinic.status('host', '/admin/hang', post)).toBe(403);
  expect(await clinic.status('host', '/', { headers: { origin: 'http://elsewhere' } })).toBe(403);
  const nobody = {
    patientId: 9_999,
    startsAt: 'now',
    minutes: 10,
    doctor: 'Dr. Weiß',
    room: 'Room 1',
    reason: 'none',
    createdBy: 'test',
  };
  const body = JSON.stringify(nobody);
  expect(await clinic.status('host', '/appointments', { ...post, body })).toBe(409);
});

/** A connection on which one answer came, and whose next question never ends. */
async function holdConnection(url: string): Promise<Disposable> {
  const { hostname, port, host, pathname } = new URL(url);
  const connection = connect(Number(port), hostname);
  connection.on('error', () => undefined);
  connection.write(`GET /health HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  await once(connection, 'data');
  connection.write(`POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 9\r\n\r\n`);
  return { [Symbol.dispose]: () => void connection.destroy() };
}

async function patientsIn(clinic: RunningClinic): Promise<number> {
  const { json } = await clinic.query('counts', {});
  return (json as { rows: { patients: number }[] }).rows[0]?.patients ?? -1;
}
