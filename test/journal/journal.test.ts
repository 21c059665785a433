import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import * as z from 'zod';
import { createJournal, readJournal, reopenJournal } from '../../agent/journal/journal.ts';
import { setFaultHook } from '../../agent/os/faults.ts';

const Step = z.object({ step: z.number() });
const home = mkdtempSync(join(tmpdir(), 'kedge-journal-'));
let next = 0;
const freshPath = () => {
  next += 1;
  return join(home, `${next}.jsonl`);
};

afterEach(() => setFaultHook(undefined));
process.on('exit', () => rmSync(home, { recursive: true, force: true }));

test('records are read back in order', async () => {
  const path = freshPath();
  {
    await using journal = await createJournal(path, { step: 1 });
    await journal.append({ step: 2 });
  }

  expect(await readJournal(path, Step)).toEqual([{ step: 1 }, { step: 2 }]);
});

test('a torn last line is ignored, and cut off before the journal goes on', async () => {
  const path = freshPath();
  {
    await using _journal = await createJournal(path, { step: 1 });
  }
  appendFileSync(path, '{"step":');

  expect(await readJournal(path, Step)).toEqual([{ step: 1 }]);
  {
    await using journal = await reopenJournal(path, Step);
    expect(journal.records).toEqual([{ step: 1 }]);
    await journal.append({ step: 2 });
  }
  expect(readFileSync(path, 'utf8')).toBe('{"step":1}\n{"step":2}\n');
});

test('a broken line before the last one is not passed over', async () => {
  const path = freshPath();
  {
    await using _journal = await createJournal(path, { step: 1 });
  }
  appendFileSync(path, '{"step":\n{"step":3}\n');

  await expect(readJournal(path, Step)).rejects.toThrow(SyntaxError);
});

test('each record is on disk before append returns, the first one with its folder', async () => {
  const seen: string[] = [];
  setFaultHook(({ name }) => seen.push(name));
  await using journal = await createJournal(freshPath(), { step: 1 });
  await journal.append({ step: 2 });

  expect(seen).toEqual(['create', 'write', 'fsync', 'fsync folder', 'write', 'fsync']);
});

test('a journal is never begun over another one', async () => {
  const path = freshPath();
  await using _journal = await createJournal(path, { step: 1 });

  await expect(createJournal(path, { step: 1 })).rejects.toThrow(/EEXIST/);
});

test('a record whose fsync failed is not there, and nothing of it stays behind a shorter one', async () => {
  const path = freshPath();
  await using journal = await createJournal(path, { step: 1 });
  setFaultHook(({ name }) => {
    if (name === 'fsync') throw new Error('EIO');
  });
  await expect(journal.append({ step: 1_000_000 })).rejects.toThrow('EIO');
  expect(journal.records).toEqual([{ step: 1 }]);
  // While the disk fails nobody may act as if the record were not there.
  await expect(journal.settle()).rejects.toThrow('EIO');
  setFaultHook(undefined);

  await journal.settle();
  expect(readFileSync(path, 'utf8')).toBe('{"step":1}\n');
  await journal.append({ step: 2 });
  expect(await readJournal(path, Step)).toEqual([{ step: 1 }, { step: 2 }]);
});
