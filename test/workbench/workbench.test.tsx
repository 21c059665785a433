import { stripVTControlCharacters } from 'node:util';
import { render } from 'ink-testing-library';
import { expect, test } from 'vitest';
import { screens } from '../../tui/screens/screens.ts';
import { openSession } from '../../tui/store/session.ts';
import { initialUiState } from '../../tui/store/ui-state.ts';
import { unicodeGlyphs } from '../../tui/theme/theme.ts';
import { plainText } from '../../tui/widgets/line.ts';
import { createBench } from '../../tui/workbench/create-bench.ts';
import { paced } from '../../tui/workbench/paced.ts';
import { SpokenWorkbench } from '../../tui/workbench/spoken-workbench.tsx';
import { startFakeKedge } from '../support/fake-kedge.ts';

/** Ink's testing library has one size for everybody. */
const size = { columns: 100, rows: 24 };

test('for a screen reader Ink draws each row of the frame, and draws again when the frame changes', async () => {
  await using fake = await startFakeKedge();
  await using session = openSession({
    socket: fake.socket,
    client: 'test',
    reconnect: 'always',
    log: true,
  });
  using running = createBench({
    session,
    screens,
    theme: { colours: false, glyphs: unicodeGlyphs },
    initialUi: initialUiState,
    host: {
      size: () => size,
      now: () => 0,
      suspend: async (callback) => await callback(),
      editText: async () => undefined,
      copy: () => undefined,
      setMouse: () => undefined,
      leave: () => undefined,
      stopToShell: async () => undefined,
    },
  });
  using changes = paced(running.subscribe, 0);
  const { lastFrame, unmount } = render(
    <SpokenWorkbench running={running} changes={changes} onSuspender={() => undefined} />,
  );
  const rows = (text: string): readonly string[] =>
    stripVTControlCharacters(text)
      .split('\n')
      .map((row) => row.trimEnd())
      .slice(0, 5);
  const drawn = (): readonly string[] => rows(lastFrame() ?? '');
  const wanted = (): readonly string[] => rows(running.frame().lines.map(plainText).join('\n'));
  // First nothing is known yet, then the snapshot is there: both are drawn.
  await expect.poll(() => drawn().join('\n'), { timeout: 30_000 }).toContain('Services answer');
  expect(drawn()).toEqual(wanted());
  unmount();
});
