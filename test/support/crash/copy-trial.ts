import { hash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import type { CopyDesk, CopyItem } from '../../../agent/backup/copies/copy-order.ts';
import { runCopy } from '../../../agent/backup/copies/run-copy.ts';
import { takeBackup } from '../../../agent/backup/run-backup.ts';
import { runVerify } from '../../../agent/backup/run-verify.ts';
import { initStore, openStore } from '../../../agent/stores/stores.ts';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { makeSmallClinic, noServices } from '../../backup/small-clinic.ts';
import { recordedWork } from '../recorded-work.ts';
import { readImage } from './disk-image.ts';
import type { FlowTrial } from './flow-trial.ts';
import { writeImage } from './write-image.ts';

const installation = 'installation-1';

/** A full and its differential in one store, and another store that they are copied or moved to. */
export interface CopyTrial {
  /** As the machinery of cuts takes it; nothing but the two folders counts. */
  readonly trial: FlowTrial;
  readonly far: string;
  /** Before the copy. */
  reset(): void;
  run(): Promise<unknown>;
  /** Every archive is whole somewhere, whatever is listed verifies; says whether all of it is done. */
  expectNothingLost(where: string): Promise<'old' | 'new'>;
  /** The same command again: all is where it belongs, and nothing else lies there. */
  expectGoesOn(where: string): Promise<void>;
}

export async function beginCopyTrial(move: boolean): Promise<CopyTrial> {
  const clinic = await makeSmallClinic();
  const far = join(clinic.folder, 'usb');
  const usb = { kind: 'local', path: far, removable: true } as const;
  await initStore('usb', usb);
  const config = { ...clinic.config, stores: { ...clinic.config.stores, usb } };
  // More than one slice of a copy.
  writeFileSync(join(clinic.uploads, 'photo.jpg'), randomBytes(1_100_000));
  const taken = await takeBoth(clinic);
  const sums = new Map(taken.map(({ path }) => [basename(path), sha256Of(path)]));
  const near = openStore('main', { kind: 'local', path: clinic.store });
  const items = taken.map(({ id, kind, base, path: from, sizeBytes }): CopyItem => {
    return { backup: id, kind, ...(base === undefined ? {} : { base }), from, sizeBytes };
  });
  const start = readImage([clinic.store, far]);
  const desk: CopyDesk = {
    copied: async () => undefined,
    async letGo(_id, path, there) {
      expect(sha256Of(there)).toBe(sums.get(basename(path)));
      await near.remove(path);
      return undefined;
    },
  };
  /** As the list knows it after a cut: what bears its name at the far end, and what is still there to be read. */
  const run = async (): Promise<unknown> => {
    const there = namesIn(far);
    const left = items
      .filter(({ from }) => namesIn(clinic.store).includes(basename(from)))
      .map((item) => {
        const lies = there.includes(basename(item.from));
        return lies ? { ...item, there: join(far, basename(item.from)) } : item;
      });
    const to = { kind: 'store', store: 'usb' } as const;
    const order = { kind: 'copy', items: left, to, move } as const;
    return await runCopy(order, installation, config, desk, recordedWork());
  };
  const verified = new Set<string>();
  const whole = async (folder: string, where: string): Promise<readonly string[]> => {
    const { kind } = await openStore('any', { kind: 'local', path: folder }).state();
    expect(kind, where).toBe('online');
    const names = namesIn(folder).filter((name) => sums.has(name));
    for (const name of names) {
      expect(sha256Of(join(folder, name)), `${name}, ${where}`).toBe(sums.get(name));
    }
    const state = `${folder} ${names.join(' ')}`;
    if (!verified.has(state)) {
      for (const name of names) {
        await runVerify(join(folder, name), recordedWork(), [clinic.store, far]);
      }
    }
    verified.add(state);
    return names;
  };
  const expectNothingLost = async (where: string): Promise<'old' | 'new'> => {
    const [here, there] = [await whole(clinic.store, where), await whole(far, where)];
    expect([...new Set([...here, ...there])].toSorted(), where).toEqual(
      [...sums.keys()].toSorted(),
    );
    const isDone = there.length === sums.size && (!move || here.length === 0);
    return isDone ? 'new' : 'old';
  };
  return {
    trial: trialOf([clinic.store, far]),
    far,
    reset: () => writeImage(start),
    run,
    expectNothingLost,
    async expectGoesOn(where) {
      await run();
      expect(await expectNothingLost(where), where).toBe('new');
      expect([namesIn(clinic.store), namesIn(far)], where).toEqual([
        move ? [] : [...sums.keys()].toSorted(),
        [...sums.keys()].toSorted(),
      ]);
    },
  };
}

async function takeBoth(
  clinic: Awaited<ReturnType<typeof makeSmallClinic>>,
): Promise<readonly Backup[]> {
  const { order, config } = clinic;
  const full = (await takeBackup(order, config, recordedWork(), noServices)).backup;
  writeFileSync(join(clinic.uploads, 'letter.txt'), 'Dear patient');
  const next = {
    ...order,
    backupId: 'backup-2',
    nowMs: order.nowMs + 3_600_000,
    differential: { base: { id: full.id, path: full.path } },
  };
  return [full, (await takeBackup(next, config, recordedWork(), noServices)).backup];
}

/** No services, no journal: what is cut off is looked at by the trial itself. */
function trialOf(roots: readonly string[]): FlowTrial {
  const services = { running: new Set<string>() };
  return { roots, app: { services }, boot: async () => undefined } as unknown as FlowTrial;
}

// The same as of transfers, without the command line behind them.
function namesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name !== '.kedge-store.json')
    .toSorted();
}

function sha256Of(path: string): string {
  return hash('sha256', readFileSync(path));
}
