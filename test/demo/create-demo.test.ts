import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readClinicSettings } from '../../agent/demo/app/clinic-settings.ts';
import { createDemo } from '../../agent/demo/create-demo.ts';
import { demoPlaces } from '../../agent/demo/demo-places.ts';
import { removeDemo } from '../../agent/demo/remove-demo.ts';
import { httpUrlOf } from '../../agent/services/http-url.ts';
import { until } from '../support/until.ts';
import { RunningClinic } from './running-clinic.ts';
import { readConfig, smallDemo, smallSeed, temporaryFolder } from './small-demo.ts';

test('the configuration protects the clinic, runs it and puts backups outside of it', async () => {
  await using demo = await smallDemo();
  const { config } = demo;
  const places = demoPlaces(demo.path);
  const { database, host, agent } = readClinicSettings(join(places.settings, 'clinic.json')).ports;
  expect(config.application).toMatchObject({ id: 'clinic', name: 'Demo Clinic' });
  expect(config.stores).toEqual({ local: { kind: 'local', path: join(demo.path, 'backups') } });
  expect(await readdir(join(demo.path, 'backups'))).toEqual(['.kedge-store.json']);
  expect(config.demo).toEqual({ url: `http://127.0.0.1:${host}/` });
  expect(new Set([database, host, agent]).size).toBe(3);
  expect(config.services?.['host']).toEqual({
    manager: 'process',
    role: 'host',
    command: [
      process.execPath,
      expect.stringMatching(/\/agent\/demo\/app\/host\.ts$/),
      join(places.settings, 'clinic.json'),
    ],
    folder: places.clinic,
    dependsOn: ['database'],
    probes: [{ kind: 'http', url: `http://127.0.0.1:${host}/health`, timeoutSeconds: 2 }],
    startTimeoutSeconds: 20,
    stopTimeoutSeconds: 3,
    stableSeconds: 0.5,
    allowKill: true,
    autoStart: true,
    stopWithAgent: true,
  });
  expect(config.drill?.probe?.command).toEqual([
    process.execPath,
    expect.stringMatching(/\/agent\/demo\/app\/trial\.ts$/),
    '{database}',
    '{uploads}',
    '{port}',
  ]);
  expect(config.schedules?.['every-two-minutes']).toEqual({
    full: { every: 'cron', cron: '*/2 * * * *' },
    store: 'local',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    deleteOlderThan: '1 hour',
  });
});

test('creating the demo twice changes nothing, and keeps what was changed by hand', async () => {
  await using demo = await smallDemo();
  const places = demoPlaces(demo.path);
  const edited = (await readFile(places.config, 'utf8')).replace(
    '"1 hour"',
    '"2 hours" /* mine */',
  );
  await writeFile(places.config, edited);
  const before = await stat(places.database, { bigint: true });
  await createDemo(demo.path, smallSeed);
  const after = await stat(places.database, { bigint: true });
  expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  expect(await readFile(places.config, 'utf8')).toBe(edited);
});

test('a configuration that is wrong at the moment is left as it is', async () => {
  await using demo = await smallDemo();
  const { config } = demoPlaces(demo.path);
  await writeFile(config, '{ "application": ');
  await createDemo(demo.path, smallSeed);
  expect(await readFile(config, 'utf8')).toBe('{ "application": ');
});

test('a creation that was interrupted is completed by the next', async () => {
  await using folder = await temporaryFolder();
  const places = demoPlaces(folder.path);
  const cancel = new AbortController();
  const onProgress = (_: number, text: string): void => {
    if (text.startsWith('database: 1')) cancel.abort();
  };
  const interrupted = { onProgress, signal: cancel.signal };
  await expect(createDemo(folder.path, interrupted)).rejects.toThrow('aborted');
  expect(await readdir(folder.path)).not.toContain('clinic');
  await createDemo(folder.path, smallSeed);
  expect(await readdir(folder.path)).not.toContain('clinic.unfinished');
  expect((await stat(places.database)).size).toBeGreaterThan(1_000_000);
  expect((await readConfig(folder.path)).application.id).toBe('clinic');
});

test('two creations at once end in one demo', async () => {
  await using folder = await temporaryFolder();
  const create = async (): Promise<readonly string[]> => {
    const said: string[] = [];
    const onProgress = (_: number, text: string): void => void said.push(text);
    await createDemo(folder.path, { ...smallSeed, onProgress });
    return said;
  };
  const both = await Promise.all([create(), create()]);
  const saidBy = (test: (text: string) => boolean) => both.map((said) => said.some(test));
  const waited = saidBy((text) => text === 'another start is creating the demo');
  const made = saidBy((text) => text.startsWith('database'));
  // Either of them may be the first.
  expect(waited.toSorted()).toEqual([false, true]);
  expect(made).toEqual(waited.map((each) => !each));
});

test('a folder with something else in it is refused and left alone', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'state'));
  await writeFile(join(folder.path, 'thesis.txt'), 'mine');
  await expect(createDemo(folder.path, smallSeed)).rejects.toMatchObject({
    failure: { code: 'already-exists', params: { path: join(folder.path, 'thesis.txt') } },
  });
  expect((await readdir(folder.path)).toSorted()).toEqual(['state', 'thesis.txt']);
});

test('a port taken by another program meanwhile is replaced everywhere', async () => {
  await using demo = await smallDemo();
  const places = demoPlaces(demo.path);
  const settings = join(places.settings, 'clinic.json');
  const before = readClinicSettings(settings).ports;
  const stranger = createServer();
  await new Promise<void>((resolve) => stranger.listen(before.host, '127.0.0.1', resolve));
  await createDemo(demo.path, smallSeed);
  stranger.close();
  const after = readClinicSettings(settings).ports;
  expect(after).toEqual({ ...before, host: after.host });
  expect(after.host).not.toBe(before.host);
  const config = await readConfig(demo.path);
  expect(config.demo).toEqual({ url: `http://127.0.0.1:${after.host}/` });
  expect(httpUrlOf(config.services?.['host'])).toContain(`:${after.host}/`);
  expect(await readFile(places.config, 'utf8')).toContain('// What runs.');
});

test('the ports of a clinic that runs stay, and it is not removed under its feet', async () => {
  await using demo = await smallDemo();
  await using clinic = new RunningClinic(demo.config);
  const places = demoPlaces(demo.path);
  const before = await readFile(join(places.settings, 'clinic.json'), 'utf8');
  clinic.start('database');
  await until(async () => (await clinic.status('database')) === 200);
  await createDemo(demo.path, smallSeed);
  expect(await readFile(join(places.settings, 'clinic.json'), 'utf8')).toBe(before);
  await expect(removeDemo(demo.path)).rejects.toMatchObject({ failure: { code: 'busy' } });
  await clinic.end('database', 'SIGKILL');
  await writeFile(join(demo.path, 'thesis.txt'), 'mine');
  // A demo with PostgreSQL has its sockets there, this one has nothing there.
  await mkdir(join(demo.path, 'pg'));
  await removeDemo(demo.path);
  expect(await readdir(demo.path)).toEqual(['pg', 'thesis.txt']);
});

test('a folder that is no demo is never removed', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'kedge.jsonc'), '{}');
  await expect(removeDemo(folder.path)).rejects.toMatchObject({
    failure: { code: 'already-exists' },
  });
  expect(await readdir(folder.path)).toEqual(['kedge.jsonc']);
});
