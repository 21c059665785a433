import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from '../../../agent/setup/doctor/shell-word.ts';

test('a shell reads a path as one word, whatever is in it', () => {
  const path = '/srv/o\'brien; $(touch no) `x` \\ "y"\n';
  const read = execFileSync('sh', ['-c', `printf %s ${shellWord(path)}`], { encoding: 'utf8' });
  expect(read).toBe(path);
});
