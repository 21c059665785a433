import type { FakeKedge } from './fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from './test-workbench.ts';
import { until } from './until.ts';

const [enter, clear] = ['\r', '\u0015'];

/** The form of the whole configuration. */
export async function openConfigForm(
  fake: FakeKedge,
  columns = 120,
  rows = 40,
): Promise<TestWorkbench> {
  const screen = await openTestWorkbench(fake, { columns, rows });
  await screen.shows('All is well');
  screen.press('8', 'f');
  await screen.shows('+ Add a source');
  return screen;
}

/** Selects the row that the filter leaves. */
export async function findSetting(screen: TestWorkbench, text: string): Promise<void> {
  screen.press('/', clear, ...text, enter);
  await screen.settled();
}

/** Enters the value of the row that the filter leaves. */
export async function typeSetting(screen: TestWorkbench, row: string, text: string): Promise<void> {
  await findSetting(screen, row);
  screen.press(enter);
  await until(() => screen.running.ui().overlay?.kind === 'picker');
  screen.press(clear, ...text, enter);
  await until(() => screen.running.ui().overlay === undefined);
}
