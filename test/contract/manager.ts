import { describe, expect, test as vitest } from 'vitest';
import { followLog } from '../../agent/services/follow-log.ts';
import type { ManagedService, ManagerStatus } from '../../agent/services/manager.ts';
import { until } from '../support/until.ts';

/** `failing` prints "cannot open database: disk full" as its last line and ends with exit code 3. */
export type ContractService = 'obedient' | 'stubborn' | 'failing';

export interface ManagerFixture extends AsyncDisposable {
  guarded: boolean;
  /** The same service each time, as another daemon would open it. */
  open(service: ContractService): ManagedService;
}

/** What every service manager must hold. */
export function managerContract(
  name: string,
  openFixture: () => ManagerFixture,
  test: typeof vitest | typeof vitest.skip = vitest,
): void {
  const { signal } = new AbortController();
  const kindOf = async (service: ManagedService) => (await service.status(signal)).kind;
  const comesTo = async (service: ManagedService, kind: ManagerStatus['kind']) =>
    await until(async () => (await kindOf(service)) === kind);
  /** Starts it unless it runs, and answers which run it is in. */
  const startOf = async (service: ManagedService) => {
    await service.requestStart(signal);
    await comesTo(service, 'running');
    return await runOf(service);
  };
  const runOf = async (service: ManagedService) => {
    const status = await service.status(signal);
    if (status.kind !== 'running') throw new Error(`it is ${status.kind}`);
    return { incarnation: status.incarnation, pid: status.pid };
  };

  describe(`the ${name} manager`, () => {
    test('says of a service that was never started that it is stopped', async () => {
      await using fixture = openFixture();
      expect(await kindOf(fixture.open('obedient'))).toBe('stopped');
    });

    test('starts a service and stops it when asked', async () => {
      await using fixture = openFixture();
      const service = fixture.open('obedient');
      await service.requestStart(signal);
      await comesTo(service, 'running');
      await service.requestStop(signal);
      await comesTo(service, 'stopped');
    });

    test('starts nothing where it runs already', async () => {
      await using fixture = openFixture();
      const service = fixture.open('obedient');
      const before = await startOf(service);
      await service.requestStart(signal);
      expect(await startOf(service)).toEqual(before);
    });

    test('gives each run an incarnation of its own', async () => {
      await using fixture = openFixture();
      const service = fixture.open('obedient');
      const incarnations = new Set<unknown>();
      for (let run = 0; run < 2; run += 1) {
        incarnations.add((await startOf(service)).incarnation);
        await service.requestStop(signal);
        await comesTo(service, 'stopped');
      }
      expect(incarnations.size).toBe(2);
    });

    test('says how a service ended by itself, with its last line', async () => {
      await using fixture = openFixture();
      const service = fixture.open('failing');
      await service.requestStart(signal);
      await comesTo(service, 'failed');
      expect(await service.status(signal)).toEqual({
        kind: 'failed',
        detail: 'exit 3: cannot open database: disk full',
      });
    });

    test('a service that ignores the request runs until it is killed', async () => {
      await using fixture = openFixture();
      const service = fixture.open('stubborn');
      await service.requestStart(signal);
      await until(async () => (await service.logs(1)).includes('ready'));
      await service.requestStop(signal);
      await until(async () => (await service.logs(1)).includes('not yet'));
      expect(['running', 'stopping']).toContain(await kindOf(service));
      await service.kill(signal);
      await comesTo(service, 'stopped');
    });

    test('shows the last lines of the log, oldest first', async () => {
      await using fixture = openFixture();
      const service = fixture.open('failing');
      await service.requestStart(signal);
      await comesTo(service, 'failed');
      expect(await service.logs(2)).toEqual([
        'opening the database',
        'cannot open database: disk full',
      ]);
    });

    test('reads on in the log after what was read before, for a later daemon too', async () => {
      await using fixture = openFixture();
      const service = fixture.open('stubborn');
      const read = async (by: ManagedService, cursor?: string) =>
        await followLog(by, 'process', { lines: 100, cursor }, signal);
      await service.requestStart(signal);
      await until(async () => (await service.logs(1)).includes('ready'));
      const first = await read(service);
      expect(first.lines.at(-1)).toBe('ready');
      await service.requestStop(signal);
      const next = await read(fixture.open('stubborn'), first.cursor);
      expect({ lines: next.lines, gap: next.gap }).toEqual({ lines: ['not yet'], gap: false });
      await service.kill(signal);
      await comesTo(service, 'stopped');
    });

    test('starts nothing while data is being exchanged', async () => {
      await using fixture = openFixture();
      const service = fixture.open('obedient');
      fixture.guarded = true;
      await expect(service.requestStart(signal)).rejects.toMatchObject({
        failure: { code: 'service-guarded' },
      });
      expect(await kindOf(service)).toBe('stopped');
    });

    test('a service outlives the daemon that started it and is found by the next', async () => {
      await using fixture = openFixture();
      const first = fixture.open('obedient');
      const run = await startOf(first);
      await first[Symbol.asyncDispose]();
      const second = fixture.open('obedient');
      expect(await runOf(second)).toEqual(run);
    });
  });
}
