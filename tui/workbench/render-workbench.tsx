import { type Instance, type RenderOptions, render } from 'ink';
import { createInkStdin } from '../host/ink-stdin.ts';
import { silentOutput } from '../host/silent-output.ts';
import { Workbench, type WorkbenchProps } from './workbench.tsx';

const options = {
  exitOnCtrlC: false,
  patchConsole: false,
  maxFps: 60,
} as const satisfies RenderOptions;

/** Runs the workbench's components; what they show goes by the screen driver, not by Ink's own writing. */
export function renderDriven(props: WorkbenchProps, output: NodeJS.WriteStream): Instance {
  return render(<Workbench {...props} />, {
    ...options,
    stdin: createInkStdin(),
    stdout: silentOutput(output),
    interactive: output.isTTY,
  });
}
