import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isFinished } from '../../protocol/domain/job.ts';
import { jobList } from '../../protocol/methods/job.ts';
import { serviceList, serviceReset } from '../../protocol/methods/service.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { openSession, type RunningKedge, type Session, startKedge } from '../support/kedge.ts';
import { fakeService } from '../support/service-fixture.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { strike, type Victim } from '../support/strike.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

// Not started by itself: what runs after a death was started by the end of the reset.
const quick = { stableSeconds: 0.05, stopWithAgent: true };
const obedient = ['/bin/sleep', '86400'];
const slow = ['/bin/sh', '-c', 'trap "sleep 0.4; exit 0" TERM; sleep 86400 & wait'];
const services = {
  database: fakeService('', { ...quick, command: slow, role: 'database' }),
  host: fakeService('', { ...quick, command: obedient, dependsOn: ['database'] }),
  agent: fakeService('', { ...quick, command: obedient, dependsOn: ['host'], role: 'agent' }),
};
const ids = Object.keys(services);
const transitions = [
  'stopping agent',
  'stopping host',
  'stopping database',
  /** It was asked, and is not down yet. */
  'asked database',
  'starting database',
  'starting host',
  'starting agent',
];

test.concurrent.each<readonly [Victim, readonly string[]]>([
  ['Kedge', transitions],
  ['job', ['stopping host', 'asked database', 'starting host']],
])(
  'a reset whose %s is killed in the middle ends with all services running',
  async (victim, steps) => {
    using folder = tempFolder();
    const app = await makeSmallApplication(folder.path, { services });
    const state = join(app.home, 'state');
    mkdirSync(join(state, 'resets'), { recursive: true });
    mkdirSync(join(state, 'services'), { recursive: true });
    let kedge = await startKedge(app.home);
    try {
      {
        using session = await openSession(kedge.socket);
        const request = { requestId: randomUUID(), services: ids };
        const { job } = await session.call(serviceReset, request);
        await session.ended(job);
      }
      for (const transition of steps) {
        await strikeAt(transition, victim, kedge, state);
        if (victim === 'Kedge') {
          await kedge.kill();
          kedge = await startKedge(app.home);
        }
        using session = await openSession(kedge.socket);
        await idle(session);
        expect(await healths(session), transition).toEqual(ids.map(() => 'healthy'));
        const { recovered } = await session.call(snapshotGet, {});
        const told = transition.replace('asked', 'stopping');
        expect(recovered.join('\n'), transition).toContain(
          `was interrupted at "${told}"; continued, all 3 running`,
        );
        expect(readdirSync(join(state, 'resets')), transition).toEqual([]);
      }
    } finally {
      await kedge.stop();
    }
  },
  120_000,
);

async function strikeAt(
  transition: string,
  victim: Victim,
  kedge: RunningKedge,
  state: string,
): Promise<void> {
  using session = await openSession(kedge.socket);
  await until(async () => (await healths(session)).every((health) => health === 'healthy'));
  const struck = Promise.withResolvers<void>();
  const watchers = ['resets', 'services'].map((name) => watch(join(state, name)));
  let done = false;
  for (const watcher of watchers)
    watcher.on('change', () => {
      if (done || !isAt(transition, state)) return;
      done = true;
      strike(victim, kedge);
      struck.resolve();
    });
  session.call(serviceReset, { requestId: randomUUID() }).catch(() => undefined);
  await struck.promise.finally(() => {
    for (const watcher of watchers) watcher.close();
  });
}

function isAt(transition: string, state: string): boolean {
  try {
    if (transition === 'asked database') {
      const record = readFileSync(join(state, 'services', 'database.json'), 'utf8');
      return JSON.parse(record).stopRequested === true;
    }
    const [name = ''] = readdirSync(join(state, 'resets')).filter((one) => one.endsWith('.json'));
    return JSON.parse(readFileSync(join(state, 'resets', name), 'utf8')).at === transition;
  } catch {
    // Between the removal of one and the writing of the next.
    return false;
  }
}

async function healths(session: Session): Promise<readonly string[]> {
  return (await session.call(serviceList, {})).services.map(({ health }) => health);
}

async function idle(session: Session): Promise<void> {
  await until(
    async () => (await session.call(jobList, { offset: 0, limit: 20 })).jobs.every(isFinished),
    30_000,
  );
}
