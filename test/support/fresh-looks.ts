import { createScreenDriver } from '../../tui/host/screen-driver.ts';
import { enterScreen } from '../../tui/host/terminal-modes.ts';
import { screenRows } from '../../tui/widgets/screen-rows.ts';
import { createScreenTerminal } from './screen-terminal.ts';
import type { TestWorkbench } from './test-workbench.ts';
import { until } from './until.ts';

/** The frame of now, painted onto a terminal that was empty. */
export async function freshLooks({ running }: TestWorkbench): Promise<readonly string[]> {
  const { lines, layout } = running.frame();
  const terminal = createScreenTerminal(layout.columns, layout.rows);
  enterScreen(terminal.output);
  createScreenDriver(terminal.output).paint(screenRows(running.theme(), lines), layout.columns);
  await until(() => terminal.output.writableLength === 0);
  return terminal.looks();
}

/** Whether a screen that was changed step by step looks as one that was painted at once. */
export async function looksAsIfFresh(screen: TestWorkbench): Promise<boolean> {
  return (await freshLooks(screen)).join('\n') === screen.looks().join('\n');
}
