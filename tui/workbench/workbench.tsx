import { Box, Text, useApp, useWindowSize } from 'ink';
import { memo, useEffect, useSyncExternalStore } from 'react';
import { paintLine } from '../widgets/line.ts';
import type { RunningBench } from './create-bench.ts';

type SuspendTerminal = ReturnType<typeof useApp>['suspendTerminal'];

export interface WorkbenchProps {
  readonly running: RunningBench;
  /** Ink gives the terminal away only from inside; the host does it from outside. */
  readonly onSuspender: (suspend: SuspendTerminal) => void;
}

/** Draws the frame of the state now, one text a row. */
export function Workbench({ running, onSuspender }: WorkbenchProps) {
  const { suspendTerminal } = useApp();
  const { columns, rows } = useWindowSize();
  useSyncExternalStore(running.subscribe, running.revision);
  useEffect(() => onSuspender(suspendTerminal), [onSuspender, suspendTerminal]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new size makes a new frame.
  useEffect(() => running.touch(), [running, columns, rows]);
  const { lines } = running.frame();
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      {lines.slice(0, rows).map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen.
        <Row key={row} text={paintLine(running.theme, line)} />
      ))}
    </Box>
  );
}

const Row = memo(function Row({ text }: { readonly text: string }) {
  return (
    <Box height={1} flexShrink={0}>
      <Text wrap="truncate">{text === '' ? ' ' : text}</Text>
    </Box>
  );
});
