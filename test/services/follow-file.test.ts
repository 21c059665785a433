import { appendFileSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rotateLog } from '../../agent/os/log-file.ts';
import type { LogPage } from '../../agent/services/manager.ts';
import { followFile } from '../../agent/services/process/follow-file.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A log and one who reads on in it, as a client does: all that is known of before is the cursor. */
function reader() {
  const folder = tempFolder();
  const path = join(folder.path, 'host.log');
  let cursor: string | undefined;
  return {
    path,
    add: (text: string) => appendFileSync(path, text),
    async read(lines = 100): Promise<Pick<LogPage, 'lines' | 'gap'>> {
      const page = await followFile(path, cursor, lines);
      cursor = page.cursor;
      return { lines: page.lines, gap: page.gap };
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

test('reads the last lines first, then what was added, each once', async () => {
  using log = reader();
  log.add('a\nb\nc\n');
  expect(await log.read(2)).toEqual({ lines: ['b', 'c'], gap: false });
  expect(await log.read()).toEqual({ lines: [], gap: false });
  log.add('d\ne\n');
  expect(await log.read()).toEqual({ lines: ['d', 'e'], gap: false });
});

test('a log that is not there yet is followed from its first line', async () => {
  using log = reader();
  expect(await log.read()).toEqual({ lines: [], gap: false });
  log.add('first\n');
  expect(await log.read()).toEqual({ lines: ['first'], gap: false });
});

test('half a line waits for its end, until nothing was added to it for a second', async () => {
  using log = reader();
  log.add('a\nhal');
  expect(await log.read()).toEqual({ lines: ['a'], gap: false });
  log.add('f\nlast words');
  expect(await log.read()).toEqual({ lines: ['half'], gap: false });
  const before = new Date(Date.now() - 2000);
  utimesSync(log.path, before, before);
  expect(await log.read()).toEqual({ lines: ['last words'], gap: false });
});

test('loses no line to a rotation', async () => {
  using log = reader();
  log.add(`${'a'.repeat(200)}\n`);
  await log.read();
  log.add('before the rotation\n');
  await rotateLog(log.path, 200);
  log.add('after it\n');
  const seen = [...(await log.read()).lines, ...(await log.read()).lines];
  expect(seen).toEqual(['before the rotation', 'after it']);
});

test('a log that was cut to nothing and has grown past the place is not taken for the same', async () => {
  using log = reader();
  log.add('old\n');
  await log.read();
  truncateSync(log.path);
  log.add('new one\nnew two\n');
  expect(await log.read()).toEqual({ lines: ['new one', 'new two'], gap: true });
});

test('says that lines are missing when more came than is read at once', async () => {
  using log = reader();
  log.add('begin\n');
  await log.read();
  writeFileSync(
    log.path,
    `begin\n${'x'.repeat(99)}\n`.padEnd(200) + `${'y'.repeat(99)}\n`.repeat(6000),
  );
  const page = await log.read();
  expect(page.gap).toBe(true);
  expect(page.lines).toHaveLength(100);
  log.add('next\n');
  expect(await log.read()).toEqual({ lines: ['next'], gap: false });
});

test('cuts a line that is longer than any screen', async () => {
  using log = reader();
  log.add(`${'x'.repeat(100_000)}\n`);
  expect((await log.read()).lines[0]).toHaveLength(4003);
});
