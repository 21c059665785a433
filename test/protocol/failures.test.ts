import { expect, test } from 'vitest';
import { failureTable } from '../../protocol/failure-table.ts';
import { exitCodeOf, failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';

test('the words of a failure are filled from its parameters', () => {
  const { message, hint } = wordFailure({
    code: 'service-start-failed',
    params: { service: 'host', why: 'exit 3' },
  });
  expect({ message, hint }).toEqual({
    message: 'service "host" did not become healthy: exit 3',
    hint: 'See "kedge service logs host".',
  });
});

test('every failure has an exit code of the table in the manual', () => {
  const known = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 130]);
  const strange = Object.entries(failureTable).filter(([, words]) => !known.has(words.exit));
  expect(strange).toEqual([]);
});

test('a stranger becomes an internal failure that keeps its message', () => {
  expect(failureOf(new Error('boom'))).toEqual({ code: 'internal', params: { cause: 'boom' } });
});

test('an aborted wait is a cancel', () => {
  expect(exitCodeOf(failureOf(new DOMException('stop', 'AbortError')))).toBe(130);
});

test('an error of ours keeps its failure and words itself', () => {
  const error = new KedgeError('store-offline', { store: 'usb', path: '/mnt/usb' });
  expect(error.message).toContain('destination "usb" is offline');
});
