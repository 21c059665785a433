import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isGuarded } from '../../agent/restore/guard.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import { RestoreFixture } from '../support/restore-fixture.ts';

test('a restore brings all sources back as they were, and an undo what was live before it', async () => {
  using app = new RestoreFixture();
  const then = app.live();
  const backup = await app.backup();
  app.changeAll();
  const now = app.live();
  expect(now).not.toEqual(then);

  const result = await app.restore(await app.plan(backup));

  expect(result).toMatchObject({ outcome: 'restored', backup: backup.id, notes: [] });
  expect(withoutCached(app.live())).toEqual(withoutCached(then));
  await app.undo(result.undo ?? '');
  expect(app.live()).toEqual(now);
});

/** A file left out of the backups stays as it is now. */
function withoutCached(live: unknown): unknown {
  return JSON.parse(JSON.stringify(live), (_, value: unknown) =>
    Array.isArray(value) ? value.filter((each) => !String(each).startsWith('cache/c2')) : value,
  );
}
