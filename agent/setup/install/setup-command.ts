import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { InstallEvent, InstallOrder, InstallPlan } from '../../../protocol/domain/install.ts';
import { InstallOrder as Order } from '../../../protocol/domain/install.ts';
import { exitCodeOf, failureOf, KedgeError } from '../../../protocol/failures.ts';
import type { Config } from '../../config/config.ts';
import { isGuarded } from '../../restore/guard.ts';
import type { InstallFacts } from './install-facts.ts';
import { installedPlaces } from './install-places.ts';
import { readRecord } from './install-record.ts';
import { type ReasonedStep, wordStep } from './install-step.ts';
import { ownRelease } from './own-release.ts';
import { type InstallSteps, isEmptyPlan, planInstall } from './plan-install.ts';
import { planUninstall, type UninstallFacts, whatStays } from './plan-uninstall.ts';
import { readConfig } from './read-config.ts';
import { lookAt, readInstallFacts, unitStates } from './read-facts.ts';
import { applyAll, runInstall } from './run-install.ts';

type Say = (event: InstallEvent) => void;

/**
 * "setup ORDER": prints events, one a line, and answers with the exit code. The first is the plan; exactly that is
 * done once a line "apply" comes in.
 */
export async function runSetup(words: readonly string[]): Promise<number> {
  const say: Say = (event) => void process.stdout.write(`${JSON.stringify(event)}\n`);
  // Whoever reads may go: what is begun is ended all the same.
  process.stdout.on('error', () => undefined);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => stop.abort(new KedgeError('cancelled')));
  // Folders on the way to a file are for all to enter.
  process.umask(0o022);
  try {
    const order = Order.parse(JSON.parse(words[0] ?? ''));
    await act(order, say, stop.signal);
    return 0;
  } catch (error) {
    const failure = failureOf(error);
    say({ kind: 'failed', failure });
    return exitCodeOf(failure);
  }
}

async function act(order: InstallOrder, say: Say, signal: AbortSignal): Promise<void> {
  refuseHere(order);
  switch (order.kind) {
    case 'install':
      return await install(order, say, signal);
    case 'uninstall':
      return await uninstall(order, say, signal);
    default:
      return order satisfies never;
  }
}

function refuseHere({ kind }: InstallOrder): void {
  if (process.geteuid?.() !== 0) throw new KedgeError('needs-root', { what: `kedge ${kind}` });
  // As sd_booted(3) has it.
  if (!existsSync('/run/systemd/system')) throw new KedgeError('no-systemd');
}

async function install(
  order: Extract<InstallOrder, { kind: 'install' }>,
  say: Say,
  signal: AbortSignal,
): Promise<void> {
  await using release = await ownRelease(signal);
  const facts = await readInstallFacts(order, release, signal);
  const steps = planInstall(facts);
  say({ kind: 'plan', plan: installPlan(facts, steps) });
  if (isEmptyPlan(steps) || !(await isAgreed(signal))) return;
  await runInstall(facts, steps, counting(say), signal);
  say({ kind: 'done', notes: facts.notes });
}

/** Whoever turns away closes the pipe. */
async function isAgreed(signal: AbortSignal): Promise<boolean> {
  for await (const line of createInterface({ input: process.stdin, signal }))
    return line === 'apply';
  return false;
}

function installPlan(facts: InstallFacts, steps: InstallSteps): InstallPlan {
  const before = facts.record?.versions[0]?.version;
  return {
    version: facts.release.version,
    ...(before === undefined ? {} : { installed: before }),
    steps: [...steps.prepare, ...steps.exchange, ...steps.afterwards].map(wordStep),
    notes: facts.notes,
  };
}

async function uninstall(
  order: Extract<InstallOrder, { kind: 'uninstall' }>,
  say: Say,
  signal: AbortSignal,
): Promise<void> {
  const { prefix, purge, waitSeconds } = order;
  const record = await readRecord(prefix);
  if (record === undefined) throw new KedgeError('not-installed', { prefix });
  const config = await configOf(purge);
  const facts: UninstallFacts = {
    ...{ prefix, purge, waitSeconds, record },
    disk: await lookAt(prefix, record, [], []),
    isActive: (await unitStates(signal)).isActive,
    isGuarded: isGuarded(installedPlaces.state),
    stores: storesOf(config),
  };
  refusePurgeOfBackups(facts);
  refuseHalfway(facts);
  const steps = planUninstall(facts);
  const stays = whatStays(facts);
  const [version = ''] = record.versions.map((one) => one.version);
  const plan = { version, installed: version, steps: steps.map(wordStep), notes: stays };
  const confirmation = config?.application.name ?? 'kedge';
  say({ kind: 'plan', plan: purge ? { ...plan, confirmation } : plan });
  if (!(await isAgreed(signal))) return;
  await applyAll(steps, counting(say), signal);
  say({ kind: 'done', notes: stays });
}

/** Whatever is wrong with it: that is no reason to keep Kedge, but nobody knows then where backups lie. */
async function configOf(purge: boolean): Promise<Config | undefined> {
  const reading = readConfig(undefined);
  return (await (purge ? reading : reading.catch(() => undefined)))?.config;
}

function refusePurgeOfBackups({ purge, stores }: UninstallFacts): void {
  const { state, configFolder } = installedPlaces;
  const inside = stores.find(({ path }) =>
    [state, configFolder].some((folder) => path === folder || path.startsWith(`${folder}/`)),
  );
  if (!purge || inside === undefined) return;
  const problem = `the backups of destination "${inside.name}" lie in "${inside.path}", which would go`;
  throw new KedgeError('bad-argument', { what: '--purge', problem });
}

/** With the state would go what leads out of it. */
function refuseHalfway({ purge, isGuarded: isHalfway }: UninstallFacts): void {
  if (!purge || !isHalfway) return;
  const problem =
    'a restore has exchanged the data by half; start Kedge, which brings it to an end, or leave its state here';
  throw new KedgeError('bad-argument', { what: '--purge', problem });
}

function storesOf(config: Config | undefined): UninstallFacts['stores'] {
  return Object.entries(config?.stores ?? {}).map(([name, { path }]) => ({ name, path }));
}

function counting(say: Say): (step: ReasonedStep) => void {
  let number = 0;
  return (step) => {
    number += 1;
    const { what, reason } = wordStep(step);
    say({ kind: 'step', number, step: { what, reason } });
  };
}
