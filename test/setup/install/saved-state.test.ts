import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restoreState, saveState } from '../../../agent/setup/install/saved-state.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

test('the state comes back as it was, without what a newer version left beside its databases', async () => {
  const folder = temporaryFolder();
  const [state, saved] = [join(folder, 'state'), join(folder, 'saved')];
  mkdirSync(join(state, 'jobs'), { recursive: true });
  mkdirSync(join(state, 'locks'));
  writeFileSync(join(state, 'state.sqlite'), 'old');
  writeFileSync(join(state, 'jobs', '1.log'), 'first');
  writeFileSync(join(state, 'locks', 'job-1'), '');
  chmodSync(join(state, 'state.sqlite'), 0o600);
  await saveState(state, saved);
  expect(existsSync(join(saved, 'locks'))).toBe(false);

  writeFileSync(join(state, 'state.sqlite'), 'new');
  writeFileSync(join(state, 'state.sqlite-wal'), 'of the new one');
  writeFileSync(join(state, 'jobs', '2.log'), 'second');
  await restoreState(saved, state);
  expect(readFileSync(join(state, 'state.sqlite'), 'utf8')).toBe('old');
  expect(statSync(join(state, 'state.sqlite')).mode & 0o777).toBe(0o600);
  expect(existsSync(join(state, 'state.sqlite-wal'))).toBe(false);
  expect(existsSync(join(state, 'jobs', '2.log'))).toBe(false);
  expect(readFileSync(join(state, 'jobs', '1.log'), 'utf8')).toBe('first');
});

test.for(['state', 'saved'])(
  'where data is half exchanged in the %s one, the newer state stays',
  async (guarded) => {
    const folder = temporaryFolder();
    const [state, saved] = [join(folder, 'state'), join(folder, 'saved')];
    for (const path of [state, saved]) mkdirSync(join(path, 'jobs'), { recursive: true });
    writeFileSync(join(folder, guarded, 'guard'), 'data is being exchanged');
    writeFileSync(join(state, 'jobs', 'journal'), 'of the exchange');
    await restoreState(saved, state);
    expect(readFileSync(join(state, 'jobs', 'journal'), 'utf8')).toBe('of the exchange');
  },
);
