import { type Failure, failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import type { LogPage, ManagedService, ManagerContext, ManagerStatus } from '../manager.ts';
import type { SystemdServiceSettings } from '../settings.ts';
import { askSystemd } from './ask-systemd.ts';
import { findProblems } from './find-problems.ts';
import { readManagerLog, readUnitLog, readUnitLogAfter } from './journal.ts';
import { fitLine, lastWords } from './last-words.ts';
import { statusOfUnit } from './status-of-unit.ts';
import { StoppedTriggers } from './stopped-triggers.ts';
import { UnitBoard } from './unit-board.ts';
import { showUnits, type UnitFacts } from './unit-facts.ts';
import { unnamed, whoStarted } from './who-started.ts';

/** One for all services of this daemon, so that a look at all of them is one process. */
const sharedBoard = new UnitBoard();

export function openSystemdService(
  id: string,
  settings: SystemdServiceSettings,
  context: ManagerContext,
  board: UnitBoard = sharedBoard,
): ManagedService {
  return new SystemdService(id, settings, context, board);
}

type Kind<K extends ManagerStatus['kind']> = Extract<ManagerStatus, { kind: K }>;

/** A unit of systemd, asked and told by its command line tools. */
class SystemdService implements ManagedService {
  readonly #id: string;
  readonly #unit: string;
  readonly #context: ManagerContext;
  readonly #board: UnitBoard;
  readonly #triggers: StoppedTriggers;
  /** The run that was asked to end; '' where it was down already. */
  #stopRequested: { readonly invocation: string } | undefined;
  /** The run before a start that was asked for. */
  #startRequested: { readonly invocation: string } | undefined;
  /** How a run ended, or who began it: found once for each. */
  #found = { key: '', text: '' };
  /** What was looked for once and not found. */
  #vainly = '';

  constructor(
    id: string,
    { unit }: SystemdServiceSettings,
    context: ManagerContext,
    board: UnitBoard,
  ) {
    this.#id = id;
    this.#unit = unit;
    this.#context = context;
    this.#board = board;
    this.#triggers = new StoppedTriggers(context.stateFolder, id);
  }

  async status(signal: AbortSignal): Promise<ManagerStatus> {
    try {
      const facts = await this.#board.look(this.#unit, signal);
      const status = statusOfUnit(facts, this.#stopRequested !== undefined);
      return this.#measured(await this.#explain(status, facts, signal), facts);
    } catch (error) {
      signal.throwIfAborted();
      return { kind: 'unknown', detail: wordFailure(failureOf(error)).message };
    }
  }

  async requestStart(signal: AbortSignal): Promise<void> {
    this.#refuseGuarded();
    const facts = await this.#look(signal);
    const { unit, activeState, subState, invocationId } = facts;
    const service = this.#id;
    if (facts.loadState === 'not-found')
      throw new KedgeError('service-unit-missing', { service, unit });
    await this.#startTriggers(signal);
    this.#startRequested = { invocation: invocationId };
    this.#stopRequested = undefined;
    const runs = activeState === 'active' || activeState === 'reloading';
    if (runs || (activeState === 'activating' && subState !== 'auto-restart')) return;
    if (facts.loadState === 'masked') throw new KedgeError('service-masked', { service, unit });
    // Else one that was started too often is refused, and without a word to who does not wait.
    if (activeState === 'failed') await askSystemd(service, 'reset-failed', [unit], signal);
    this.#refuseGuarded();
    await askSystemd(service, 'start', [unit], signal);
  }

  async requestStop(signal: AbortSignal): Promise<void> {
    const facts = await this.#look(signal);
    const { unit, activeState, invocationId } = facts;
    // First: a socket that is left open starts it again.
    await this.#stopTriggers(facts, signal);
    this.#startRequested = undefined;
    const wasDown = activeState === 'inactive' || activeState === 'failed';
    if (activeState === 'failed') await askSystemd(this.#id, 'reset-failed', [unit], signal);
    else if (!wasDown || facts.hasJob) await askSystemd(this.#id, 'stop', [unit], signal);
    this.#stopRequested = { invocation: wasDown ? '' : invocationId };
  }

  async kill(signal: AbortSignal): Promise<void> {
    await askSystemd(this.#id, 'kill', [this.#unit], signal);
  }

  async interrupt(signal: AbortSignal): Promise<void> {
    await askSystemd(this.#id, 'interrupt', [this.#unit], signal);
  }

  async logs(lines: number): Promise<readonly string[]> {
    return await readUnitLog(this.#unit, lines, new AbortController().signal);
  }

  async logAfter(cursor: string | undefined, lines: number, signal: AbortSignal): Promise<LogPage> {
    return await readUnitLogAfter(this.#unit, cursor, lines, signal);
  }

  /** The journal keeps itself within bounds. */
  async maintain(): Promise<void> {
    // Nothing to do.
  }

  async triggers(signal: AbortSignal): Promise<readonly string[]> {
    const facts = (await showUnits([this.#unit], signal)).get(this.#unit);
    return facts === undefined ? [] : await activeTriggers(facts, signal);
  }

  async preflight(signal: AbortSignal): Promise<readonly Failure[]> {
    return await findProblems(this.#id, this.#unit, signal);
  }

  /** Nothing to end: the service is systemd's. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#found = { key: '', text: '' };
  }

  #measured(status: ManagerStatus, { memoryBytes, cpuNs }: UnitFacts): ManagerStatus {
    if (status.kind !== 'running' || this.#context.isWatched?.() !== true) return status;
    const usage = {
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
      ...(cpuNs === undefined ? {} : { cpuMs: cpuNs / 1e6 }),
    };
    return { ...status, usage };
  }

  /** Before a request: at once, and by itself. */
  async #look(signal: AbortSignal): Promise<UnitFacts> {
    this.#board.requested();
    const facts = (await showUnits([this.#unit], signal)).get(this.#unit);
    if (facts === undefined) throw new Error(`systemd said nothing of ${this.#unit}`);
    return facts;
  }

  #refuseGuarded(): void {
    if (this.#context.isGuarded()) throw new KedgeError('service-guarded', { service: this.#id });
  }

  async #startTriggers(signal: AbortSignal): Promise<void> {
    const stopped = await this.#triggers.read();
    if (stopped.length === 0) return;
    await askSystemd(this.#id, 'start', stopped, signal);
    await this.#triggers.clear();
  }

  async #stopTriggers(facts: UnitFacts, signal: AbortSignal): Promise<void> {
    const names = await activeTriggers(facts, signal);
    await this.#triggers.add(names);
    await askSystemd(this.#id, 'stop', names, signal);
  }

  async #explain(
    status: ManagerStatus,
    facts: UnitFacts,
    signal: AbortSignal,
  ): Promise<ManagerStatus> {
    switch (status.kind) {
      case 'running':
        return await this.#explainRunning(status, facts, signal);
      case 'failed':
        return await this.#explainFailed(status, facts, signal);
      case 'stopped':
        return await this.#explainStopped(status, facts, signal);
      case 'starting':
      case 'stopping':
      case 'unknown':
        return status;
      default:
        return status satisfies never;
    }
  }

  async #explainRunning(
    status: Kind<'running'>,
    facts: UnitFacts,
    signal: AbortSignal,
  ): Promise<ManagerStatus> {
    const asked = this.#stopRequested;
    if (asked === undefined || asked.invocation === facts.invocationId) return status;
    const key = `by ${facts.invocationId}`;
    const name = await this.#once(key, async () => await whoStarted(facts, signal));
    // Who brings it may be between two runs of its own: looked for once more.
    if (name === '' && this.#found.key !== key) return status;
    return { ...status, startedBy: name || unnamed };
  }

  async #explainFailed(
    status: Kind<'failed'>,
    facts: UnitFacts,
    signal: AbortSignal,
  ): Promise<ManagerStatus> {
    const { invocationId, loadState } = facts;
    if (loadState === 'not-found' || invocationId === '') return status;
    const find = async () => await lastWords(facts, signal);
    const line = await this.#once(`end ${invocationId}`, find);
    return line === '' ? status : { ...status, detail: `${status.detail}: ${line}` };
  }

  /** A start that was accepted and came to nothing, as something that the unit requires did not start. */
  async #explainStopped(
    status: Kind<'stopped'>,
    facts: UnitFacts,
    signal: AbortSignal,
  ): Promise<ManagerStatus> {
    const asked = this.#startRequested;
    if (asked === undefined || asked.invocation !== facts.invocationId || facts.conditionFailed)
      return status;
    const find = async () => (await readManagerLog(facts.unit, 2, signal)).join(' ');
    const words = await this.#once(`unstarted ${facts.invocationId} ${facts.changedAtUs}`, find);
    if (words === '') return status;
    // "... was skipped because of an unmet condition check": as its unit wants it.
    const kind = /unmet condition/.test(words) ? 'stopped' : 'failed';
    return { kind, detail: fitLine(words) };
  }

  async #once(key: string, find: () => Promise<string>): Promise<string> {
    if (this.#found.key === key) return this.#found.text;
    const text = await find();
    // Nothing yet is no answer for good: a journal may be late.
    if (text !== '' || this.#vainly === key) this.#found = { key, text };
    this.#vainly = key;
    return text;
  }
}

async function activeTriggers(
  { triggeredBy }: UnitFacts,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const shown = await showUnits(triggeredBy, signal);
  const active = [...shown.values()].filter(({ activeState }) => activeState === 'active');
  return active.map(({ unit }) => unit);
}
