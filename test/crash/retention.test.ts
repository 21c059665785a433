import { expect, test } from 'vitest';
import { applyRetention } from '../../agent/server/apply-retention.ts';
import { emptyTrash } from '../../agent/server/retention/empty-trash.ts';
import { restoreTrashed } from '../../agent/server/retention/restore-trashed.ts';
import { crash, powerCuts, say, seededCut, seeds } from '../support/crash/cut-plan.ts';
import { cutAt, momentsOf } from '../support/crash/enumerate-cuts.ts';
import {
  beginRetentionTrial,
  type Lying,
  type RetentionTrial,
} from '../support/crash/retention-trial.ts';
import { type Fault, runWithFault } from '../support/enumerate-faults.ts';

interface Flow {
  readonly name: string;
  readonly run: (app: RetentionTrial) => Promise<void>;
  /** What is done before it. */
  readonly before: (app: RetentionTrial) => Promise<void>;
  readonly end: Lying;
  readonly leastPoints: number;
  /** It is to remove something. */
  readonly removes?: true;
}

const retain = async (app: RetentionTrial): Promise<void> => await app.asKedge(applyRetention);
const all: Lying = { store: ['differential', 'newest', 'old'], trash: [] };
const taken: Lying = { store: ['newest'], trash: ['differential', 'old'] };

const flows: readonly Flow[] = [
  { name: 'retention', before: async () => undefined, run: retain, end: taken, leastPoints: 10 },
  {
    name: 'bringing back from the trash',
    before: retain,
    run: async (app) =>
      await app.asKedge(async (daemon) => {
        const { trash } = await app.lying();
        if (trash.length === 0) return;
        // What came back before the cut needs no asking.
        const first = trash.includes('differential') ? app.ids.differential : app.ids.old;
        await restoreTrashed(daemon, first);
      }),
    end: all,
    leastPoints: 8,
  },
  {
    name: 'emptying the trash',
    before: retain,
    run: async (app) =>
      await app.asKedge(async (daemon) => {
        const { trash } = await app.lying();
        await emptyTrash(daemon, undefined, String(trash.length));
        // What could not be removed is said in the log, and stays.
        if ((await app.lying()).trash.length > 0) throw new Error('not empty');
      }),
    end: { store: ['newest'], trash: [] },
    leastPoints: 4,
    removes: true,
  },
];

async function begin({ before }: Flow): Promise<RetentionTrial> {
  const app = await beginRetentionTrial();
  await before(app);
  app.begin();
  return app;
}

async function check(flow: Flow, app: RetentionTrial, where: string): Promise<'old' | 'new'> {
  const lost = await app.expectSound(where);
  if (flow.removes !== true) expect(lost, where).toEqual([]);
  // A differential goes for good before its full.
  else if (lost.includes('old')) expect(lost, where).toContain('differential');
  return JSON.stringify(await app.lying()) === JSON.stringify(flow.end) ? 'new' : 'old';
}

async function expectGoesOn(flow: Flow, app: RetentionTrial, where: string): Promise<void> {
  await flow.run(app);
  await app.expectSound(where);
  expect(await app.lying(), where).toEqual(flow.end);
}

test.each(flows)(
  '$name, killed or without power before any operation, leaves usable backups and goes on',
  async (flow) => {
    const app = await begin(flow);
    const moments = await momentsOf(app.trial, async () => await flow.run(app));
    const ends: string[] = [];
    for (const moment of moments) {
      const seeded = Array.from({ length: seeds }, (_, n) => seededCut(moment.k * 100 + n));
      for (const cut of [crash, ...powerCuts, ...seeded]) {
        const where = await cutAt(app.trial, moment, cut);
        const end = await check(flow, app, where);
        if (moment.isLast) expect(end, where).toBe('new');
        ends.push(end);
        await expectGoesOn(flow, app, where);
      }
    }
    say(flow.name, 'killed and cut off', ends);
    expect(moments.length).toBeGreaterThan(flow.leastPoints);
    expect(new Set(ends)).toEqual(new Set(['old', 'new']));
  },
  60_000,
);

test.each(
  flows.flatMap((flow) => (['EIO', 'ENOSPC', 'crash'] as const).map((fault) => ({ flow, fault }))),
)(
  '$flow.name that meets $fault at any operation leaves usable backups and goes on',
  async ({ flow, fault }: { flow: Flow; fault: Fault }) => {
    const app = await begin(flow);
    const ends: string[] = [];
    for (let k = 1; ; k += 1) {
      app.reset();
      const faulted = await runWithFault(fault, k, async () => await flow.run(app));
      if (faulted === undefined) break;
      ends.push(await check(flow, app, faulted.where));
      await expectGoesOn(flow, app, faulted.where);
    }
    say(flow.name, fault, ends);
    expect(ends.length).toBeGreaterThan(flow.leastPoints - 1);
  },
  60_000,
);
