import { expect, test } from 'vitest';
import { createBroadcast } from '../../agent/server/broadcast.ts';

test('what Kedge itself listens to is heard by nobody; of who is connected only a person can answer', () => {
  const broadcast = createBroadcast();
  const seen = () => [broadcast.isHeard(), broadcast.isAttended()];
  using _own = broadcast.subscribe(() => undefined);
  expect(seen()).toEqual([false, false]);
  {
    using _monitor = broadcast.subscribe(() => undefined, 'other');
    expect(seen()).toEqual([true, false]);
    using _person = broadcast.subscribe(() => undefined, 'person');
    expect(seen()).toEqual([true, true]);
  }
  expect(seen()).toEqual([false, false]);
});
