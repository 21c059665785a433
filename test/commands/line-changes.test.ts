import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineChanges } from '../../tui/commands/config/line-changes.ts';

test('what one changed is named line by line, and what stayed is left out', () => {
  expect(lineChanges('{\n  "a": 1,\n  "b": 2\n}', '{\n  "a": 1,\n  "c": 4,\n  "b": 3\n}')).toEqual([
    { kind: 'gone', line: '  "b": 2' },
    { kind: 'new', line: '  "c": 4,' },
    { kind: 'new', line: '  "b": 3' },
  ]);
  expect(lineChanges('same\n', 'same\n')).toEqual([]);
});

const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
const count = (list: readonly string[], line: string) => list.filter((one) => one === line).length;

test('the changes turn the one into the other', () =>
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const changes = lineChanges(before.join('\n'), after.join('\n'));
      const [old, now] = [before.join('\n').split('\n'), after.join('\n').split('\n')];
      for (const line of ['a', 'b', 'c', '']) {
        const gone = count(
          changes.flatMap((one) => (one.kind === 'gone' ? one.line : [])),
          line,
        );
        const added = count(
          changes.flatMap((one) => (one.kind === 'new' ? one.line : [])),
          line,
        );
        expect(count(old, line) - gone + added).toBe(count(now, line));
      }
    }),
  ));
