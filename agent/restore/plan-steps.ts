import type { RestorePlan, SourceChange } from '../../protocol/domain/restore.ts';

interface Planned {
  readonly changes: readonly SourceChange[];
  /** Services that run now, in the order in which they start. */
  readonly running: readonly string[];
  readonly safety: RestorePlan['safety'];
  readonly withoutUndo: boolean;
}

/** What a restore does, in order, in words. */
export function planSteps({ changes, running, safety, withoutUndo }: Planned): readonly string[] {
  const stopping = [...running].reverse();
  return [
    ...safetySteps(safety),
    ...changes.map(({ source, live }) => `Unpack and check ${source} beside ${live}`),
    ...(stopping.length > 0 ? [`Stop ${stopping.join(', ')}`] : []),
    ...(withoutUndo ? [] : ['Keep what is live now for an undo']),
    ...changes.map(({ source }) => `Exchange ${source}`),
    ...(running.length > 0 ? [`Start ${running.join(', ')}, each until it is healthy`] : []),
    ...(withoutUndo
      ? [
          'Name what does not become healthy; nothing is brought back',
          'Remove what was live before',
        ]
      : ['If one of them does not become healthy, bring the old data back']),
  ];
}

function safetySteps(safety: RestorePlan['safety']): readonly string[] {
  if (safety?.kind !== 'taken') return [];
  return [`Back up what is live now into ${safety.folder}, and verify that`];
}
