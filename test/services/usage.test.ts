import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { readProcesses, usageOf } from '../../agent/os/process-usage.ts';
import type { ManagerStatus } from '../../agent/services/manager.ts';
import { UsageMeter } from '../../agent/services/shown-usage.ts';
import { superviseServices } from '../../agent/services/supervise.ts';
import { fakeService, ServiceFixture } from '../support/service-fixture.ts';
import { until } from '../support/until.ts';

const MiB = 1024 * 1024;

test('a process is measured with all that came from it, and shared memory once', async () => {
  const hold = (mebibytes: number) =>
    `const b=Buffer.alloc(${mebibytes}*1048576,1);for(let t=Date.now();Date.now()-t<300;);console.log(b.length);`;
  const child = `const c=require('child_process').spawn(process.execPath,['-e',${JSON.stringify(`${hold(64)}setInterval(()=>b,1e6)`)}],{stdio:'inherit'});setInterval(()=>c,1e6)`;
  const leader = spawn(process.execPath, ['-e', child], { detached: true });
  try {
    const { promise, resolve } = Promise.withResolvers<void>();
    leader.stdout.once('data', () => resolve());
    await promise;
    const usage = usageOf(leader.pid ?? 0, await readProcesses());
    // Two runtimes of 40 MiB, of which the program itself is shared, and the 64 MiB of the second.
    expect(usage?.memoryBytes).toBeGreaterThan(90 * MiB);
    expect(usage?.memoryBytes).toBeLessThan(260 * MiB);
    expect(usage?.cpuMs).toBeGreaterThanOrEqual(100);
  } finally {
    if (leader.pid !== undefined) process.kill(-leader.pid, 'SIGKILL');
  }
  expect(usageOf(2 ** 22 + 1, await readProcesses())).toBeUndefined();
});

function running(memoryMiB: number, cpuMs: number, incarnation = 'a'): ManagerStatus {
  const usage = { memoryBytes: memoryMiB * MiB, cpuMs };
  return { kind: 'running', incarnation, startedAtMs: 0, usage };
}

test('the share of a processor is known at the second look, and begins anew with each run', () => {
  const meter = new UsageMeter();
  expect(meter.look(running(100, 5000), 0)).toBe(true);
  expect(meter.shown).toEqual({ memoryBytes: 100 * MiB });
  expect(meter.look(running(100, 8000), 15_000)).toBe(true);
  expect(meter.shown).toEqual({ memoryBytes: 100 * MiB, cpuPercent: 20 });
  meter.look(running(100, 10, 'b'), 30_000);
  expect(meter.shown).toEqual({ memoryBytes: 100 * MiB });
});

test('what goes to and fro a little is no change, nor are looks that follow at once', () => {
  const meter = new UsageMeter();
  meter.look(running(100, 0), 0);
  meter.look(running(100, 3000), 15_000);
  expect(meter.look(running(103, 3001), 15_050)).toBe(false);
  expect(meter.look(running(98, 6100), 30_000)).toBe(false);
  expect(meter.shown).toEqual({ memoryBytes: 100 * MiB, cpuPercent: 20 });
  expect(meter.look(running(110, 9000), 45_000)).toBe(true);
});

test('services are measured while somebody watches, and that alone is told apart from news', async () => {
  await using fixture = new ServiceFixture();
  let watched = false;
  let told = 0;
  const supervisor = superviseServices({
    services: { host: fakeService('obedient') },
    stateFolder: fixture.stateFolder,
    isGuarded: () => false,
    onChange: () => fixture.noteProcesses(),
    isWatched: () => watched,
    onUsage: () => {
      told += 1;
    },
    log: () => undefined,
    signal: fixture.signal,
  });
  await using _ = supervisor;
  const host = () => supervisor.services()[0];
  await supervisor.start('host', fixture.signal);
  await supervisor.status(fixture.signal);
  expect(host()).not.toHaveProperty('memoryBytes');
  watched = true;
  await supervisor.status(fixture.signal);
  expect(host()?.memoryBytes).toBeGreaterThan(10 * MiB);
  expect(told).toBe(1);
  const since = Date.now();
  await until(async () => {
    await supervisor.status(fixture.signal);
    return host()?.cpuPercent !== undefined;
  });
  expect(Date.now() - since).toBeGreaterThan(1500);
  expect(host()?.cpuPercent).toBeLessThan(100);
});
