import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { basename, join } from 'node:path';
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
      for (let left = steps; left.length > 0; ) {
        const [transition = ''] = left;
        const job = await strikeAt(transition, victim, kedge, state);
        if (victim === 'Kedge') {
          await kedge.kill();
          kedge = await startKedge(app.home);
        }
        using session = await openSession(kedge.socket);
        await idle(session);
        expect(await healths(session), transition).toEqual(ids.map(() => 'healthy'));
        const { recovered } = await session.call(snapshotGet, {});
        expect(readdirSync(join(state, 'resets')), transition).toEqual([]);
        const aimed = transition.replace('asked', 'stopping');
        const told = toldOf(job, recovered);
        expect(from(aimed), transition).toContain(told);
        // Else it went on to the next before the kill came, or without Kedge: aimed at again.
        if (told === aimed) left = left.slice(1);
      }
    } finally {
      await kedge.stop();
    }
  },
  120_000,
);

/** Where that reset was interrupted; undefined: at its end, when nothing was left to be continued. */
function toldOf(job: string, recovered: readonly string[]): string | undefined {
  const words = new RegExp(`^reset ${job} was interrupted at "(.*)"; continued, (.*)$`);
  const [, at, end] = recovered.flatMap((text) => words.exec(text) ?? []);
  expect([undefined, 'all 3 running']).toContain(end);
  return at;
}

/** This transition and what a reset comes to after it. */
function from(transition: string): readonly (string | undefined)[] {
  return [...transitions.slice(transitions.indexOf(transition)), undefined];
}

/** Answers the number of the reset that was struck. */
async function strikeAt(
  transition: string,
  victim: Victim,
  kedge: RunningKedge,
  state: string,
): Promise<string> {
  using session = await openSession(kedge.socket);
  await allHealthy(session);
  // It may be past the transition before this process comes to see it.
  for (;;) {
    const job = await strikeOneAt(transition, victim, kedge, state, session);
    if (job !== undefined) return job;
    await allHealthy(session);
  }
}

/** Undefined: the reset was through before. */
async function strikeOneAt(
  transition: string,
  victim: Victim,
  kedge: RunningKedge,
  state: string,
  session: Session,
): Promise<string | undefined> {
  const struck = Promise.withResolvers<string>();
  const watchers = ['resets', 'services'].map((name) => watch(join(state, name)));
  let done = false;
  for (const watcher of watchers)
    watcher.on('change', () => {
      const job = done ? undefined : resetAt(transition, state);
      if (job === undefined) return;
      done = true;
      strike(victim, kedge);
      struck.resolve(job);
    });
  const ended = session
    .call(serviceReset, { requestId: randomUUID() })
    .then(async ({ job }) => await session.ended(job))
    .then(
      () => undefined,
      () => struck.promise,
    );
  return await Promise.race([struck.promise, ended]).finally(() => {
    for (const watcher of watchers) watcher.close();
  });
}

/** The number of the reset that is at this transition. */
function resetAt(transition: string, state: string): string | undefined {
  try {
    if (transition === 'asked database') {
      const record = readFileSync(join(state, 'services', 'database.json'), 'utf8');
      // Until it is started again it stays written there.
      return JSON.parse(record).stopRequested === true
        ? resetAt('stopping database', state)
        : undefined;
    }
    const [name = ''] = readdirSync(join(state, 'resets')).filter((one) => one.endsWith('.json'));
    const { at } = JSON.parse(readFileSync(join(state, 'resets', name), 'utf8'));
    return at === transition ? basename(name, '.json') : undefined;
  } catch {
    // Between the removal of one and the writing of the next.
    return undefined;
  }
}

async function healths(session: Session): Promise<readonly string[]> {
  return (await session.call(serviceList, {})).services.map(({ health }) => health);
}

async function allHealthy(session: Session): Promise<void> {
  await until(async () => (await healths(session)).every((health) => health === 'healthy'));
}

async function idle(session: Session): Promise<void> {
  await until(
    async () => (await session.call(jobList, { offset: 0, limit: 20 })).jobs.every(isFinished),
    30_000,
  );
}
