import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Config } from '../../agent/config/config.ts';
import { runAccident } from '../../agent/demo/accidents.ts';
import { whyNotFilled, writeBallast } from '../../agent/demo/ballast.ts';
import { demoPlaces } from '../../agent/demo/demo-places.ts';
import type { ServiceControl } from '../../agent/services/service-control.ts';
import { until } from '../support/until.ts';
import { RunningClinic } from './running-clinic.ts';
import { smallDemo, temporaryFolder } from './small-demo.ts';

const { signal } = new AbortController();

/** Services whose Agent has a process id, as the daemon would report it. */
function servicesWithAgent(pid: number | undefined): ServiceControl {
  const agent = {
    id: 'agent',
    role: 'agent',
    manager: 'process',
    dependsOn: [],
    health: 'healthy',
    why: '',
    sinceMs: 0,
    restarts: 0,
  } as const;
  return {
    status: async () => [pid === undefined ? agent : { ...agent, pid }],
    stop: async () => {},
    start: async () => {},
  };
}
const noServices = servicesWithAgent(undefined);

test('200 patients go with their rows, through the service or in the file when it is down', async () => {
  await using demo = await smallDemo();
  await using clinic = new RunningClinic(demo.config);
  clinic.start('database');
  await until(async () => (await clinic.status('database')) === 200);
  expect(await runAccident('delete-patients', demo.config, noServices, signal)).toMatch(
    /^Deleted 200 patients .* through the database service\. Cure: restore/,
  );
  expect(leftIn(demo.path)).toEqual({ patients: 100, orphans: 0 });
  await clinic.end('database', 'SIGTERM');
  expect(await runAccident('delete-patients', demo.config, noServices, signal)).toMatch(
    /^Deleted 100 patients .* as the database service does not answer\. Cure: restore/,
  );
  expect(leftIn(demo.path)).toEqual({ patients: 0, orphans: 0 });
});

test('an upload is overwritten, and the sentence names it', async () => {
  await using demo = await smallDemo();
  const text = await runAccident('overwrite-upload', demo.config, noServices, signal);
  const name = /^Overwrote the upload "(.+)" with rubbish\. Cure: restore/.exec(text)?.[1] ?? '';
  const content = await readFile(join(demoPlaces(demo.path).uploads, name), 'utf8');
  expect(content).toBe('This was an upload until the demo’s accident.\n');
});

test('a hung Host answers nothing and does not hear SIGTERM; SIGKILL ends it', async () => {
  await using demo = await smallDemo();
  await using clinic = new RunningClinic(demo.config);
  clinic.start('database');
  clinic.start('host');
  await until(async () => (await clinic.status('host')) === 200);
  expect(await runAccident('hang-host', demo.config, noServices, signal)).toContain('Cure: reset');
  expect(await clinic.status('host')).toBe(0);
  const host = clinic.child('host');
  host.kill('SIGTERM');
  // Ten times what a Host that hears needs.
  const ended = await Promise.race([once(host, 'exit'), pause(1_000, 'still there')]);
  expect(ended).toBe('still there');
  await clinic.end('host', 'SIGKILL');
  expect(host.signalCode).toBe('SIGKILL');
  await expect(runAccident('hang-host', demo.config, noServices, signal)).rejects.toMatchObject({
    failure: { code: 'unavailable' },
  });
});

test('the Agent is killed without a warning, or said not to run', async () => {
  await using demo = await smallDemo();
  await using clinic = new RunningClinic(demo.config);
  clinic.start('agent');
  const child = clinic.child('agent');
  const ended = once(child, 'exit');
  const text = await runAccident('kill-agent', demo.config, servicesWithAgent(child.pid), signal);
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(text).toBe(
    `Killed the Agent (process ${child.pid}) without a warning. Cure: start it, or reset the services (key R).`,
  );
  await expect(runAccident('kill-agent', demo.config, noServices, signal)).rejects.toThrow(
    'the Agent does not run',
  );
});

test('the machine’s own disk is never filled, nor a large drive', async () => {
  await using demo = await smallDemo();
  const text = await runAccident('fill-destination', demo.config, noServices, signal);
  expect(text).toMatch(/^Nothing was done: .* this machine's own disk.* To try it: mount a small/);
  expect(whyNotFilled('/mnt/large', 3 * 1024 ** 3, false)).toContain('has 3.0 GiB free');
  expect(whyNotFilled('/mnt/small', 200 * 1024 ** 2, false)).toBeUndefined();
});

test('ballast takes real space, up to the size asked for', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'ballast.demo');
  expect(await writeBallast(path, 3_500_000, signal)).toBe(3 * 1024 ** 2);
  expect((await stat(path)).blocks * 512).toBeGreaterThanOrEqual(3 * 1024 ** 2);
});

test('no accident happens to an application that is not the demo', async () => {
  await using demo = await smallDemo();
  const { demo: _, ...real }: Config = demo.config;
  await expect(runAccident('delete-patients', real, noServices, signal)).rejects.toThrow(
    'this is not the demo',
  );
  expect(leftIn(demo.path).patients).toBe(300);
});

function leftIn(home: string): { patients: number; orphans: number } {
  const database = new Database(demoPlaces(home).database);
  const patients = Number(database.prepare('select count(*) from patients').pluck().get());
  const orphans = (database.pragma('foreign_key_check') as unknown[]).length;
  database.close();
  return { patients, orphans };
}
