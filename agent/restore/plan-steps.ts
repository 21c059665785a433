import type { RestorePlan, SourceChange } from '../../protocol/domain/restore.ts';
import type { RestorePart } from '../../protocol/domain/restore-order.ts';

interface Planned {
  readonly changes: readonly SourceChange[];
  /** Services that run now, in the order in which they start. */
  readonly running: readonly string[];
  readonly safety: RestorePlan['safety'];
  readonly withoutUndo: boolean;
  /** Parts of sources that come back; of a database in a server these are tables. */
  readonly parts?: readonly RestorePart[] | undefined;
}

/** What a restore does, in order, in words. */
export function planSteps({
  changes,
  running,
  safety,
  withoutUndo,
  parts,
}: Planned): readonly string[] {
  const stopping = [...running].reverse();
  return [
    ...safetySteps(safety),
    ...changes.map((change) => {
      const { source, live } = change;
      const tables = tablesOf(change, parts);
      return tables === undefined
        ? `Unpack and check ${source} beside ${live}`
        : `Load ${tables} beside the live ones in ${live}`;
    }),
    ...(stopping.length > 0 ? [`Stop ${stopping.join(', ')}`] : []),
    ...(withoutUndo ? [] : ['Keep what is live now for an undo']),
    ...changes.map((change) => {
      const tables = tablesOf(change, parts);
      return `Exchange ${tables === undefined ? change.source : tables}`;
    }),
    ...(running.length > 0 ? [`Start ${running.join(', ')}, each until it is healthy`] : []),
    ...(withoutUndo
      ? [
          'Name what does not become healthy; nothing is brought back',
          'Remove what was live before',
        ]
      : ['If one of them does not become healthy, bring the old data back']),
  ];
}

function tablesOf(
  { source, wholeTables }: SourceChange,
  parts: Planned['parts'] = [],
): string | undefined {
  const part = parts.find((one) => one.source === source);
  if (wholeTables !== true || part?.tables === undefined) return undefined;
  return part.tables.map(({ table }) => table).join(', ');
}

function safetySteps(safety: RestorePlan['safety']): readonly string[] {
  if (safety?.kind !== 'taken') return [];
  return [`Back up what is live now into ${safety.folder}, and verify that`];
}
