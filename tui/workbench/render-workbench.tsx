import { type Instance, render } from 'ink';
import { foldedOutput } from '../host/folded-output.ts';
import { createInkStdin } from '../host/ink-stdin.ts';
import type { RunningBench } from './create-bench.ts';
import { Workbench, type WorkbenchProps } from './workbench.tsx';

/** Puts the workbench on a terminal, on its alternate screen. */
export function renderWorkbench(
  running: RunningBench,
  output: NodeJS.WriteStream,
  onSuspender: WorkbenchProps['onSuspender'],
): Instance {
  return render(<Workbench running={running} onSuspender={onSuspender} />, {
    stdin: createInkStdin(),
    stdout: foldedOutput(output),
    // Ink takes any CI in the environment, even an empty one, for "nobody is watching".
    interactive: output.isTTY,
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 60,
    exitOnCtrlC: false,
    patchConsole: false,
  });
}
