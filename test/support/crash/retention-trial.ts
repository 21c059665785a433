import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { takeBackup } from '../../../agent/backup/run-backup.ts';
import { runVerify } from '../../../agent/backup/run-verify.ts';
import { openCatalogue } from '../../../agent/catalogue/catalogue.ts';
import type { Config } from '../../../agent/config/config.ts';
import type { Daemon } from '../../../agent/server/daemon.ts';
import { describeListed } from '../../../agent/server/describe-listed.ts';
import { listBackups } from '../../../agent/server/listed-backups.ts';
import { openState } from '../../../agent/state/state.ts';
import { openStore } from '../../../agent/stores/stores.ts';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { makeSmallClinic, noServices } from '../../backup/small-clinic.ts';
import { recordedWork } from '../recorded-work.ts';
import { sha256Of } from '../transfer-fixture.ts';
import { readImage } from './disk-image.ts';
import type { FlowTrial } from './flow-trial.ts';
import { writeImage } from './write-image.ts';

const hourMs = 3_600_000;
const schedules = {
  nightly: {
    full: { every: 'day', at: '02:00' },
    store: 'main',
    zone: 'UTC',
    keep: { last: 1 },
  },
} as const;

/** What lies where, by the names that the archives have here. */
export interface Lying {
  readonly store: readonly string[];
  readonly trash: readonly string[];
}

/** An old full with its differential, and a newer full: the rule of their schedule keeps the newest only. */
export interface RetentionTrial {
  readonly trial: FlowTrial;
  /** As at the start, or as `lying` last said it is to begin. */
  reset(): void;
  /** From here on the disk as it is now is the start. */
  begin(): void;
  /** Kedge as it starts anew: nothing is known but what the disk says and what was proven. */
  asKedge(
    act: (daemon: Daemon) => Promise<unknown>,
    change?: { readonly config?: Config; readonly nowMs?: number },
  ): Promise<void>;
  readonly config: Config;
  readonly schedule: ScheduleSettings;
  readonly nowMs: number;
  lying(): Promise<Lying>;
  /**
   * All that is listed is whole and verifies, no differential without its full; what is in neither place is
   * answered. An archive may lie in both only as one file.
   */
  expectSound(where: string): Promise<readonly string[]>;
  readonly ids: { readonly old: string; readonly differential: string; readonly newest: string };
}

export async function beginRetentionTrial(): Promise<RetentionTrial> {
  const clinic = await makeSmallClinic();
  const config: Config = { ...clinic.config, schedules };
  const made = await takeThree(clinic);
  const [old, differential, newest] = made;
  if (old === undefined || differential === undefined || newest === undefined) throw new Error();
  const sums = new Map(made.map(({ path }) => [basename(path), sha256Of(path)]));
  const names = new Map([
    [basename(old.path), 'old'],
    [basename(differential.path), 'differential'],
    [basename(newest.path), 'newest'],
  ]);
  const store = openStore('main', { kind: 'local', path: clinic.store });
  let start = readImage([clinic.store]);
  const verified = new Set<string>();
  const lying = async (): Promise<Lying> => {
    const called = (path: string): string => names.get(basename(path)) ?? basename(path);
    return {
      store: (await store.list()).map(({ path }) => called(path)).toSorted(),
      trash: (await store.discarded()).map(({ path }) => called(path)).toSorted(),
    };
  };
  return {
    trial: trialOf([clinic.store]),
    ids: { old: old.id, differential: differential.id, newest: newest.id },
    reset: () => writeImage(start),
    begin: () => {
      start = readImage([clinic.store]);
    },
    lying,
    config,
    schedule: schedules.nightly,
    nowMs: clinic.order.nowMs + 4 * hourMs,
    async asKedge(act, { config: inForce = config, nowMs = clinic.order.nowMs + 4 * hourMs } = {}) {
      const stateFolder = join(clinic.folder, 'state-of-kedge');
      using state = openState(':memory:');
      for (const { id } of made) {
        state.proofs.set(id, { proof: { kind: 'verified', atMs: 0 }, integrity: 'ok' });
      }
      using catalogue = openCatalogue(':memory:');
      await using backups = listBackups({
        catalogue,
        state,
        config: () => inForce,
        onChange: () => undefined,
        log: () => undefined,
        now: () => clinic.order.nowMs + 4 * hourMs,
        onLocked: () => undefined,
        describe: async (path, name) =>
          await describeListed(path, name, { identities: [] }, state.locked),
      });
      await backups.refresh();
      const daemon = {
        config: () => inForce,
        configFile: { inForce: () => inForce },
        places: { state: stateFolder },
        state: { ...state, installation: clinic.order.installation },
        backups,
        now: () => nowMs,
        clock: { doubt: () => undefined },
        log: { write: () => undefined },
        overview: { offlineStores: () => [], touch: () => undefined, standing: new Map() },
        broadcast: { publish: () => undefined },
        schedules: {
          list: () =>
            Object.entries(inForce.schedules ?? {}).map(([id, settings]) => ({ id, settings })),
        },
        transfers: { read: [] },
      } as unknown as Daemon;
      await act(daemon);
    },
    async expectSound(where) {
      const archives = [...(await store.list()), ...(await store.discarded())];
      for (const { name, path } of archives) {
        expect(sha256Of(path), `${path}, ${where}`).toBe(sums.get(name));
      }
      const { store: listed, trash } = await lying();
      if (listed.includes('differential')) expect(listed, where).toContain('old');
      const state = listed.join(' ');
      if (!verified.has(state)) {
        for (const { path } of await store.list())
          await runVerify(path, recordedWork(), [clinic.store]);
      }
      verified.add(state);
      return [...names.values()].filter((name) => !listed.includes(name) && !trash.includes(name));
    },
  };
}

async function takeThree(
  clinic: Awaited<ReturnType<typeof makeSmallClinic>>,
): Promise<readonly Backup[]> {
  const { config } = clinic;
  const order = { ...clinic.order, origin: 'schedule', schedule: 'nightly' } as const;
  const full = (await takeBackup(order, config, recordedWork(), noServices)).backup;
  writeFileSync(join(clinic.uploads, 'letter.txt'), 'Dear patient');
  const next = {
    ...order,
    backupId: 'backup-2',
    nowMs: order.nowMs + hourMs,
    differential: { base: { id: full.id, path: full.path } },
  };
  const differential = (await takeBackup(next, config, recordedWork(), noServices)).backup;
  const last = { ...order, backupId: 'backup-3', nowMs: order.nowMs + 2 * hourMs };
  return [full, differential, (await takeBackup(last, config, recordedWork(), noServices)).backup];
}

/** No services, no journal: what is cut off is looked at by the trial itself. */
function trialOf(roots: readonly string[]): FlowTrial {
  const services = { running: new Set<string>() };
  return { roots, app: { services }, boot: async () => undefined } as unknown as FlowTrial;
}
