import { expect, test } from 'vitest';
import type { Pace } from '../../agent/services/look-pace.ts';
import type { ManagedService, ManagerStatus } from '../../agent/services/manager.ts';
import { ServiceWatch } from '../../agent/services/watch-service.ts';
import { moveToBeat } from '../support/move-to-beat.ts';
import { fakeService } from '../support/service-fixture.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();
const stopped: ManagerStatus = { kind: 'stopped', detail: 'stopped' };
const failed: ManagerStatus = { kind: 'failed', detail: 'exit 3' };

/** A manager whose answers the test gives, one after the other. */
class SlowManager implements ManagedService {
  readonly questions: PromiseWithResolvers<ManagerStatus>[] = [];
  complaint: Error | undefined;

  async status(): Promise<ManagerStatus> {
    const question = Promise.withResolvers<ManagerStatus>();
    this.questions.push(question);
    return await question.promise;
  }

  /** Answers the latest question once there are `count`. */
  async answer(count: number, status: ManagerStatus): Promise<void> {
    await until(() => this.questions.length === count);
    this.questions.at(-1)?.resolve(status);
  }

  async requestStart(): Promise<void> {}
  async requestStop(): Promise<void> {}
  async kill(): Promise<void> {}
  async logs(): Promise<readonly string[]> {
    return [];
  }
  async maintain(): Promise<void> {
    if (this.complaint !== undefined) throw this.complaint;
  }
  async [Symbol.asyncDispose](): Promise<void> {
    for (const question of this.questions) question.resolve(stopped);
  }
}

function watchSlow(manager: SlowManager, logged: string[] = [], pace?: () => Pace) {
  return new ServiceWatch(fakeService('obedient'), manager, {
    onLook: () => undefined,
    log: (_, text) => logged.push(text),
    signal,
    ...(pace === undefined ? {} : { pace }),
  });
}

/** A look in progress when the watch ends would wait for its answer for ever. */
async function end(watch: ServiceWatch, manager: SlowManager): Promise<void> {
  const ended = watch[Symbol.asyncDispose]();
  await manager[Symbol.asyncDispose]();
  await ended;
}

test('a look that began before the question is not its answer', async () => {
  const manager = new SlowManager();
  const watch = watchSlow(manager);
  const asked = watch.until(({ status }) => status.kind, 5000, signal);
  await manager.answer(1, stopped);
  await manager.answer(2, failed);
  expect(await asked).toBe('failed');
  await end(watch, manager);
});

test('a question that is not answered in time is told so, a cancelled one throws', async () => {
  const manager = new SlowManager();
  const watch = watchSlow(manager);
  expect(await watch.until(() => true, 50, signal)).toBeUndefined();
  const cancelled = watch.until(() => true, 5000, AbortSignal.abort());
  await expect(cancelled).rejects.toThrow('aborted');
  await end(watch, manager);
});

test('the end of the watch ends the waiting for it', async () => {
  const manager = new SlowManager();
  const watch = watchSlow(manager);
  const asked = expect(watch.until(() => true, 60_000, signal)).rejects.toThrow('aborted');
  await end(watch, manager);
  await asked;
});

test('a manager that fails makes the service unknown, with its words', async () => {
  const manager = new SlowManager();
  const watch = watchSlow(manager);
  await until(() => manager.questions.length === 1);
  manager.questions[0]?.reject(new Error('no answer in 10 s'));
  await until(() => watch.health.why === 'no answer in 10 s');
  expect(watch.health.state).toBe('unknown');
  await end(watch, manager);
});

test('trouble with the log is told once, not at every look', async () => {
  const manager = new SlowManager();
  manager.complaint = new Error('no space left');
  const logged: string[] = [];
  const watch = watchSlow(manager, logged);
  const looked = watch.until(({ down }) => (down === 3 ? true : undefined), 5000, signal);
  for (const count of [1, 2, 3]) await manager.answer(count, stopped);
  await looked;
  expect(logged).toEqual(['no space left']);
  await end(watch, manager);
});

test('what wakes it has it look while its next look is far off', async () => {
  const manager = new SlowManager();
  const watch = watchSlow(manager, [], () => ({ place: 0, questions: 100 }));
  await manager.answer(1, stopped);
  await until(() => watch.health.state === 'stopped');
  moveToBeat();
  await manager.answer(2, stopped);
  await until(() => watch.health.down === 2);
  watch.wake();
  await manager.answer(3, failed);
  await until(() => watch.health.state === 'failed');
  await end(watch, manager);
});
