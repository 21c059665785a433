import { KedgeError } from '../../../protocol/failures.ts';
import { runTool } from './run-tool.ts';

/** What `systemctl show` says of a unit; empty strings and zeros where it has no such property. */
export interface UnitFacts {
  readonly unit: string;
  readonly loadState: string;
  readonly activeState: string;
  readonly subState: string;
  readonly type: string;
  readonly result: string;
  readonly mainPid: number;
  /** As waitid: 1 exited, 2 killed, 3 dumped core; the status is an exit code or a signal. */
  readonly exitKind: number;
  readonly exitStatus: number;
  readonly invocationId: string;
  readonly statusText: string;
  /** Sockets, timers and paths that start it. */
  readonly triggeredBy: readonly string[];
  /** A start or stop of it has been accepted and is not done. */
  readonly hasJob: boolean;
  /** A Condition of the unit kept it from being started the last time. */
  readonly conditionFailed: boolean;
  /** Microseconds of the monotonic clock; 0: never. */
  readonly activeSinceUs: number;
  /** When it was last asked to stop, or had ended. */
  readonly activeUntilUs: number;
  /** When its process ended. */
  readonly exitedAtUs: number;
  /** When its start began. Its process may have ended before the time that systemd says it was made. */
  readonly startBeganUs: number;
  readonly changedAtUs: number;
  readonly memoryBytes: number | undefined;
  readonly cpuNs: number | undefined;
  /** It failed for good after as many restarts by systemd as its start limit allows. */
  readonly usedUpRestarts: boolean;
}

const properties = [
  'LoadState',
  'ActiveState',
  'SubState',
  'Type',
  'Result',
  'MainPID',
  'ExecMainCode',
  'ExecMainStatus',
  'InvocationID',
  'StatusText',
  'TriggeredBy',
  'Job',
  'ConditionResult',
  'ConditionTimestampMonotonic',
  'ActiveEnterTimestampMonotonic',
  'ActiveExitTimestampMonotonic',
  'ExecMainExitTimestampMonotonic',
  'StateChangeTimestampMonotonic',
  'MemoryCurrent',
  'CPUUsageNSec',
  'NRestarts',
  'StartLimitBurst',
];

type Properties = ReadonlyMap<string, string>;

/** Any number of units by one process: 25 ms for 3, of which the start of the process is most. */
export async function showUnits(
  units: readonly string[],
  signal: AbortSignal,
  deadlineMs?: number,
): Promise<ReadonlyMap<string, UnitFacts>> {
  const shown = await showProperties(units, properties, signal, deadlineMs);
  return new Map([...shown].map(([unit, found]) => [unit, factsOf(unit, found)]));
}

/** Asked for names, as an alias has another Id; so by their order. */
export async function showProperties(
  units: readonly string[],
  names: readonly string[],
  signal: AbortSignal,
  deadlineMs?: number,
): Promise<ReadonlyMap<string, Properties>> {
  if (units.length === 0) return new Map();
  const args = ['show', `--property=${names.join(',')}`, '--', ...units];
  const { code, stdout, stderr } = await runTool('systemctl', args, signal, deadlineMs);
  const blocks = stdout.trimEnd().split('\n\n');
  if (code !== 0 || blocks.length !== units.length || !stdout.includes('='))
    throw new KedgeError('service-manager-odd', { why: firstLine(stderr || stdout) });
  return new Map(units.map((unit, at) => [unit, parseBlock(blocks[at] ?? '')]));
}

function parseBlock(block: string): Properties {
  const pairs = block.split('\n').map((line): [string, string] => {
    const at = line.indexOf('=');
    return [line.slice(0, Math.max(0, at)), line.slice(at + 1)];
  });
  return new Map(pairs);
}

function factsOf(unit: string, shown: Properties): UnitFacts {
  const text = (name: string): string => shown.get(name) ?? '';
  return {
    unit,
    loadState: text('LoadState'),
    activeState: text('ActiveState'),
    subState: text('SubState'),
    type: text('Type'),
    result: text('Result'),
    mainPid: Number(text('MainPID')),
    exitKind: Number(text('ExecMainCode')),
    exitStatus: Number(text('ExecMainStatus')),
    invocationId: text('InvocationID'),
    statusText: text('StatusText'),
    triggeredBy: namesIn(text('TriggeredBy')),
    hasJob: !['', '0'].includes(text('Job')),
    // "no" also where none was ever asked.
    conditionFailed:
      text('ConditionResult') === 'no' && Number(text('ConditionTimestampMonotonic')) > 0,
    activeSinceUs: Number(text('ActiveEnterTimestampMonotonic')),
    activeUntilUs: Number(text('ActiveExitTimestampMonotonic')),
    exitedAtUs: Number(text('ExecMainExitTimestampMonotonic')),
    startBeganUs: Number(text('ConditionTimestampMonotonic')),
    changedAtUs: Number(text('StateChangeTimestampMonotonic')),
    memoryBytes: measured(text('MemoryCurrent')),
    cpuNs: measured(text('CPUUsageNSec')),
    usedUpRestarts: usedUpRestarts(text),
  };
}

/** At the start limit the result stays that of the last run, unless that one had ended well. */
function usedUpRestarts(text: (name: string) => string): boolean {
  const burst = Number(text('StartLimitBurst'));
  return text('ActiveState') === 'failed' && burst > 0 && Number(text('NRestarts')) >= burst;
}

export function namesIn(text: string): readonly string[] {
  return text.split(' ').filter((name) => name !== '');
}

/** "[not set]", or 2^64 - 1 in older versions, where it is not counted. */
function measured(text: string): number | undefined {
  const value = Number(text);
  return text !== '' && Number.isSafeInteger(value) ? value : undefined;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.slice(0, 200) ?? '';
}
