import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { linkedPages } from '../../../agent/setup/delivery/linked-pages.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

test('all that a page leads to comes along, over other pages too, each once', async () => {
  const folder = temporaryFolder();
  const texts = {
    'README.md': '[a](agent/README.md) [web](https://example.com/x.md) [here](#limits)',
    'agent/README.md': '[back](../README.md#limits) [deep](one/README.md "title")',
    'agent/one/README.md': '[reader](../../test/read.py), [a](../README.md)',
    'test/read.py': 'lists = x[0](agent/none.md)',
    'agent/two/README.md': 'nobody leads here',
  };
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const pages = ['README.md', 'agent/README.md', 'agent/one/README.md', 'test/read.py'];
  expect(await linkedPages(folder, 'README.md')).toEqual(pages);
});

test('every link in the pages of Kedge leads to a file that is there', async () => {
  const checkout = join(import.meta.dirname, '../../..');
  const pages = await linkedPages(checkout, 'README.md');
  expect(pages).toContain('agent/sources/mariadb-server/README.md');
  expect(pages.filter((path) => !existsSync(join(checkout, path)))).toEqual([]);
  expect(pages.filter((path) => path.startsWith('..'))).toEqual([]);
});
