import { expect, test } from 'vitest';
import { beginCopyTrial, type CopyTrial } from '../support/crash/copy-trial.ts';
import { crash, powerCuts, say, seededCut, seeds } from '../support/crash/cut-plan.ts';
import { readImage } from '../support/crash/disk-image.ts';
import { cutAt, momentsOf } from '../support/crash/enumerate-cuts.ts';
import { isLong } from '../support/crash/is-long.ts';
import { type Fault, runWithFault } from '../support/enumerate-faults.ts';

const flows = [
  ['copy', false],
  ['move', true],
] as const;

/** Contents by name: what one disk came to needs no second look. */
function printOf({ trial }: CopyTrial): string {
  const { folders, nodes } = readImage(trial.roots);
  const names = [...folders.values()].map((folder) =>
    [...folder].map(([name, id]) => `${name} ${nodes.get(id)?.content?.toString('base64')}`),
  );
  return names.flat().toSorted().join('\n');
}

test.each(flows)(
  'a %s that is killed, or loses its power, before any operation loses nothing and goes on',
  async (name, move) => {
    const copy = await beginCopyTrial(move);
    copy.reset();
    const moments = await momentsOf(copy.trial, copy.run);
    const ends: string[] = [];
    const states = new Set<string>();
    for (const moment of moments) {
      const seeded = Array.from({ length: seeds }, (_, n) => seededCut(moment.k * 100 + n));
      for (const cut of [crash, ...powerCuts, ...seeded]) {
        const where = await cutAt(copy.trial, moment, cut);
        const end = await copy.expectNothingLost(where);
        if (moment.isLast) expect(end, where).toBe('new');
        ends.push(end);
        const state = printOf(copy);
        if (states.has(state)) continue;
        states.add(state);
        await copy.expectGoesOn(where);
      }
    }
    say(name, 'killed and cut off', ends, states.size);
    expect(moments.length).toBeGreaterThan(move ? 20 : 14);
    expect(new Set(ends)).toEqual(new Set(['old', 'new']));
  },
  120_000,
);

/** In the long run both at every operation, else each meets one of the two. */
const disks = isLong ? (['EIO', 'ENOSPC'] as const) : (['EIO and ENOSPC in turn'] as const);

function faultAt(disk: (typeof disks)[number], k: number): Fault {
  if (disk === 'EIO' || disk === 'ENOSPC') return disk;
  return k % 2 === 0 ? 'EIO' : 'ENOSPC';
}

test.each(flows.flatMap(([name, move]) => disks.map((disk) => [name, disk, move] as const)))(
  'a %s that meets %s at any operation loses nothing, and the same command ends it',
  async (name, disk, move) => {
    const copy = await beginCopyTrial(move);
    const ends: string[] = [];
    for (let k = 1; ; k += 1) {
      copy.reset();
      const faulted = await runWithFault(faultAt(disk, k), k, copy.run);
      if (faulted === undefined) break;
      ends.push(await copy.expectNothingLost(faulted.where));
      await copy.expectGoesOn(faulted.where);
    }
    say(name, disk, ends);
    expect(ends.length).toBeGreaterThan(move ? 19 : 13);
  },
  60_000,
);
