import { cleanup, render } from 'ink-testing-library';
import { afterEach, expect, test } from 'vitest';
import { Workbench } from '../../tui/workbench/workbench.tsx';
import { until } from '../support/until.ts';

afterEach(cleanup);

test('the window is painted when it appears and at each change, by the driver alone, until it is gone', async () => {
  const listeners = new Set<() => void>();
  let revision = 0;
  let painted = 0;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const paint = () => {
    painted++;
  };
  const running = { revision: () => revision };
  const window = render(<Workbench running={running} changes={{ subscribe }} paint={paint} />);
  await until(() => painted === 1 && listeners.size === 1);
  revision++;
  tell();
  await until(() => painted === 2);
  // Nothing that is shown has changed.
  tell();
  revision++;
  tell();
  await until(() => painted === 3);
  expect(window.frames.join('').trim()).toBe('');
  window.unmount();
  await until(() => listeners.size === 0);
});
