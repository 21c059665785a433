import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Work } from '../../../agent/os/work.ts';
import { isGuarded } from '../../../agent/restore/guard.ts';
import { findUnfinishedJournals, recoverJournal } from '../../../agent/restore/recover.ts';
import { listUndos } from '../../../agent/restore/undo-records.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { RestoreFixture } from '../restore-fixture.ts';
import { readImage } from './disk-image.ts';
import type { Flow, FlowCase } from './flow-case.ts';
import { writeImage } from './write-image.ts';

const job = 1000;

/** A flow with its start and both its ends, to be tried again and again from the same disk. */
export interface FlowTrial extends Disposable {
  readonly app: RestoreFixture;
  readonly roots: readonly string[];
  /** The disk before the flow, and all services running. */
  reset(): void;
  run(): Promise<unknown>;
  recover(): Promise<void>;
  /** After a power cut: services start by themselves, as far as the guard lets them. */
  boot(where: string): Promise<void>;
  /** Nothing is open, services run, the data is of one state; a new one can be taken back. Says which. */
  expectSettled(where: string): Promise<'old' | 'new'>;
}

export async function beginTrial(flowCase: FlowCase): Promise<FlowTrial> {
  const app = new RestoreFixture();
  let flow: Flow | undefined;
  try {
    flow = await flowCase.prepare(app);
    return await prepare(app, flow);
  } catch (error) {
    flow?.close?.();
    app[Symbol.dispose]();
    throw error;
  }
}

async function prepare(app: RestoreFixture, flow: Flow): Promise<FlowTrial> {
  const look = flow.look ?? (() => app.live());
  const roots = [app.app, app.stateFolder];
  const start = readImage(roots);
  const services = [...app.services.running].sort();
  const reset = () => {
    writeImage(start);
    app.services.running.clear();
    for (const id of services) app.services.running.add(id);
  };
  const states = await bothStates(app, flow, look, reset);
  return {
    app,
    roots,
    reset,
    run: async () => await flow.run(app.work(job)),
    recover: async () => await recoverAll(app, flow),
    boot: async (where) => await boot({ app, flow, look, states }, services, where),
    expectSettled: async (where) => {
      expect(findUnfinishedJournals(app.stateFolder), where).toEqual([]);
      expect(isGuarded(app.stateFolder), where).toBe(false);
      expect([...app.services.running].sort(), where).toEqual(services);
      return await expectOldOrNew({ app, flow, look, states }, where);
    },
    [Symbol.dispose]: () => {
      flow.close?.();
      app[Symbol.dispose]();
    },
  };
}

interface States {
  readonly before: unknown;
  readonly after: unknown;
}

/** Looked at from the same disk each, as looking takes a -wal in. */
async function bothStates(
  app: RestoreFixture,
  flow: Flow,
  look: () => unknown,
  reset: () => void,
): Promise<States> {
  reset();
  const before = look();
  reset();
  await flow.run(app.work(job));
  const after = look();
  expect(after).not.toEqual(before);
  return { before, after };
}

async function recoverAll(app: RestoreFixture, { recover }: Flow): Promise<void> {
  if (recover !== undefined) {
    await recover(app.work(job + 1));
    return;
  }
  for (const journal of findUnfinishedJournals(app.stateFolder)) {
    await recoverJournal(journal, app.context, app.work(job + 1));
  }
}

interface Ends {
  readonly app: RestoreFixture;
  readonly flow: Flow;
  readonly look: () => unknown;
  readonly states: States;
}

/** Where the guard lets the application start, it must not find a blend. */
async function boot(
  { app, look, states }: Ends,
  services: readonly string[],
  where: string,
): Promise<void> {
  app.services.running.clear();
  if (!isGuarded(app.stateFolder)) {
    const found = look();
    const isOne = [states.before, states.after].some((state) => isDeepStrictEqual(found, state));
    if (!isOne) expect(found, `${where}: what starts at boot finds a blend`).toEqual(states.before);
  }
  for (const id of services) await app.services.start(id).catch(unlessGuarded);
}

function unlessGuarded(error: unknown): void {
  if (!(error instanceof KedgeError && error.failure.code === 'service-guarded')) throw error;
}

async function expectOldOrNew({ app, flow, look, states }: Ends, where: string) {
  const takeBack = flow.takeBack ?? ((work: Work) => takeBackByUndo(app, work));
  if (!(await isNew(app, flow, look, states))) {
    expect(look(), where).toEqual(states.before);
    expect(placesOf(app), where).toEqual([]);
    return 'old';
  }
  expect(look(), where).toEqual(states.after);
  if (flow.keepsUndo === false) {
    expect(placesOf(app), where).toEqual([]);
    return 'new';
  }
  await takeBack(app.work(job + 2));
  expect(look(), `${where}, and taken back`).toEqual(states.before);
  return 'new';
}

/** New data without its undo is neither. */
async function isNew(app: RestoreFixture, flow: Flow, look: () => unknown, { after }: States) {
  return flow.keepsUndo === false ? isDeepStrictEqual(look(), after) : await hasUndo(app);
}

const undoId = `undo-${job}`;

async function hasUndo(app: RestoreFixture): Promise<boolean> {
  return (await listUndos(app.stateFolder)).some(
    ({ id, state }) => id === undoId && state === 'ready',
  );
}

async function takeBackByUndo(app: RestoreFixture, work: Work): Promise<void> {
  await app.undo(undoId, work);
}

function placesOf(app: RestoreFixture): readonly string[] {
  return app.places().filter((path) => path.endsWith(`-${job}`) || path.endsWith('/.kedge'));
}
