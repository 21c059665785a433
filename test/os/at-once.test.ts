import { expect, test } from 'vitest';
import { AtOnce } from '../../agent/os/at-once.ts';

/** Acts that end when they are told to. */
function controlled() {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const act = (name: string) => async () => {
    begun.push(name);
    const end = Promise.withResolvers<void>();
    ends.set(name, end);
    await end.promise;
  };
  return { begun, act, end: (name: string) => ends.get(name) };
}

test('acts run beside each other as long as they fit together, one alone always does', async () => {
  const { begun, act, end } = controlled();
  const work = new AtOnce(10);
  await work.start(4, act('a'));
  await work.start(6, act('b'));
  const third = work.start(50, act('large'));
  expect(begun).toEqual(['a', 'b']);
  end('a')?.resolve();
  end('b')?.resolve();
  await third;
  expect(begun).toEqual(['a', 'b', 'large']);
  end('large')?.resolve();
  await work.settled();
});

test('a failure is thrown by the next call, when all others have ended', async () => {
  const { begun, act, end } = controlled();
  const work = new AtOnce(10);
  await work.start(1, act('slow'));
  await work.start(1, async () => {
    throw new Error('no space');
  });
  const seen: string[] = [];
  const next = work.start(1, act('late')).catch((error: Error) => seen.push(error.message));
  const slow = end('slow')?.promise.then(() => seen.push('slow has ended'));
  end('slow')?.resolve();
  await slow;
  await next;
  expect(seen).toEqual(['slow has ended', 'no space']);
  expect(begun).toEqual(['slow']);
  await work.settled();
});

test('left early, it waits for what runs', async () => {
  const { act, end } = controlled();
  let left = false;
  const leaving = (async () => {
    await using work = new AtOnce(10);
    await work.start(1, act('running'));
  })().then(() => {
    left = true;
  });
  await new Promise(setImmediate);
  expect(left).toBe(false);
  end('running')?.resolve();
  await leaving;
});
