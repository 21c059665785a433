import { Box, Text, useApp, useWindowSize } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import { plainText } from '../widgets/line.ts';
import type { RunningBench } from './create-bench.ts';
import type { Paced } from './paced.ts';

type SuspendTerminal = ReturnType<typeof useApp>['suspendTerminal'];

export interface SpokenWorkbenchProps {
  readonly running: RunningBench;
  readonly changes: Paced;
  /** Ink gives the terminal away only from inside; the host does it from outside. */
  readonly onSuspender: (suspend: SuspendTerminal) => void;
}

/** The frame of the state now as lines of text, without the blanks that only place them. */
export function SpokenWorkbench({ running, changes, onSuspender }: SpokenWorkbenchProps) {
  const { suspendTerminal } = useApp();
  const { columns, rows } = useWindowSize();
  useSyncExternalStore(changes.subscribe, running.revision);
  useEffect(() => onSuspender(suspendTerminal), [onSuspender, suspendTerminal]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new size makes a new frame.
  useEffect(() => running.touch(), [running, columns, rows]);
  const texts = running.frame().lines.map((line) => plainText(line).trimEnd());
  return (
    <Box flexDirection="column">
      {texts.map((text, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen.
        <Text key={row}>{text === '' ? ' ' : text}</Text>
      ))}
    </Box>
  );
}
