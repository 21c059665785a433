import { failureOf, wordFailure } from '../../protocol/failures.ts';
import type { Config } from '../config/config.ts';
import { inTurn } from '../os/in-turn.ts';
import { configureServices } from './configure-services.ts';
import type { Daemon } from './daemon.ts';
import type { Ownership } from './ownership.ts';
import { pastFullDisk } from './past-full-disk.ts';
import { recoverAll, settleOrphans } from './recover-at-start.ts';
import { recoveriesEnded } from './recover-empty.ts';
import { takeFirstDemoBackup } from './take-first-demo-backup.ts';
import { lookAtUnitFit } from './unit-fit.ts';
import { verifyPending } from './verify-pending.ts';

/** Keeps what runs in step with the configuration; one change after the other. Disposing waits for the last. */
export interface ConfigFollower extends AsyncDisposable {
  /** Settles what a Kedge before this one left and starts all that a configuration names, if there is one. */
  start(signal: AbortSignal): Promise<void>;
  /** Another configuration is in force, or the problems of its file changed. Does not throw. */
  changed(): Promise<void>;
}

export interface FollowerOptions {
  readonly ownership: Ownership;
  readonly watch: (folders: readonly string[]) => void;
  readonly stopping: AbortSignal;
  /** The start waits for recoveries from here on, which may take minutes. */
  readonly onRecovering: () => Promise<void>;
}

export function followConfig(daemon: () => Daemon, options: FollowerOptions): ConfigFollower {
  const oneAtATime = inTurn();
  const closing = new AbortController();
  const stopping = AbortSignal.any([options.stopping, closing.signal]);
  let isUp = false;

  /** Once, when the first valid configuration is there: at the start, or when `kedge init` wrote it. */
  const bringUp = async (config: Config, signal: AbortSignal): Promise<void> => {
    isUp = true;
    options.watch(storeFolders(config));
    daemon().services.configure(config.services ?? {});
    await recoverAll(daemon(), signal, options.onRecovering);
    signal.throwIfAborted();
    await pastFullDisk(daemon(), 'listing backups', () => daemon().backups.refresh(signal));
    signal.throwIfAborted();
    await pastFullDisk(daemon(), 'verifying backups', () => verifyPending(daemon()));
    void startServices(daemon(), options.stopping);
    void lookAtUnitFit(daemon(), stopping);
    daemon().schedules.start();
  };

  /** A machine without a configuration: the one that was being recovered onto it may be settled now. */
  const settleEmpty = async (signal: AbortSignal): Promise<void> => {
    await recoverAll(daemon(), AbortSignal.any([signal, stopping]), options.onRecovering);
    await daemon().configFile.reload();
  };

  const takeOver = async (config: Config): Promise<void> => {
    await options.ownership.own(config).then(
      () => daemon().overview.standing.delete('ownership'),
      (error: unknown) => notOwned(daemon(), error),
    );
    if (!isUp) {
      // A recovery wrote it, whose services it starts itself.
      await recoveriesEnded(daemon(), stopping);
      return await bringUp(config, stopping);
    }
    configureServices(daemon());
    daemon().schedules.reconfigured();
    options.watch(storeFolders(config));
    void lookAtUnitFit(daemon(), stopping);
    await daemon().backups.refresh(stopping);
    stopping.throwIfAborted();
  };

  const follow = async (): Promise<void> => {
    stopping.throwIfAborted();
    const { configFile, log, broadcast, overview } = daemon();
    const { problems, revision } = configFile.onDisk();
    const inForce = configFile.inForce();
    const [problem] = problems;
    if (problem === undefined) log.write('info', 'the configuration was read, it is in force');
    else log.write('warning', `configuration, line ${problem.line}: ${problem.message}`);
    if (inForce !== undefined && problem === undefined) await takeOver(inForce);
    broadcast.publish({ topic: 'config', revision });
    overview.touch();
  };

  return {
    start: async (signal) =>
      await oneAtATime(async () => {
        await settleOrphans(daemon());
        const { configFile, log } = daemon();
        const inForce = configFile.inForce();
        const [problem] = configFile.onDisk().problems;
        if (problem !== undefined) log.write('warning', `configuration: ${problem.message}`);
        if (inForce === undefined) return await settleEmpty(signal);
        await options.ownership.own(inForce);
        await bringUp(inForce, AbortSignal.any([signal, stopping]));
      }),
    changed: async () =>
      await oneAtATime(follow).catch((error: unknown) => {
        if (stopping.aborted) return;
        daemon().log.write('error', `configuration: ${wordFailure(failureOf(error)).message}`);
      }),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await oneAtATime(async () => undefined);
    },
  };
}

function storeFolders(config: Config): readonly string[] {
  return Object.values(config.stores).map((store) => store.path);
}

function notOwned(daemon: Daemon, error: unknown): void {
  const { message, hint } = wordFailure(failureOf(error));
  daemon.log.write('error', message);
  daemon.overview.standing.set('ownership', {
    id: 'ownership',
    severity: 'error',
    text: message,
    ...(hint === undefined ? {} : { hint }),
  });
}

async function startServices(daemon: Daemon, signal: AbortSignal): Promise<void> {
  try {
    await daemon.services.startAll(signal);
    takeFirstDemoBackup(daemon);
  } catch (error) {
    if (!signal.aborted)
      daemon.log.write('error', `starting services: ${wordFailure(failureOf(error)).message}`);
  }
}
