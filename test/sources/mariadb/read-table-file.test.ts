import { expect, test } from 'vitest';
import { readTableFile } from '../../../agent/sources/mariadb/tables/read-table-file.ts';
import { failureOf } from '../../../protocol/failures.ts';

test('a row that is longer than memory should hold is refused while it is read', async () => {
  const block = Buffer.alloc(16 * 1024 * 1024, 'f');
  let given = 0;
  async function* endless() {
    yield Buffer.from(
      'CREATE TABLE `scan` (\n  `image` longblob\n);\n/*!40101 SET character_set_client = @saved_cs_client */;\nINSERT INTO `scan` VALUES\n(0x',
    );
    for (; given < 40; given += 1) yield block;
  }
  const parts: string[] = [];
  const read = async (): Promise<void> => {
    for await (const { kind } of readTableFile({ table: 'scan', engine: 'InnoDB' }, endless()))
      parts.push(kind);
  };
  expect(await read().catch(failureOf)).toMatchObject({
    code: 'restore-refused',
    params: { why: expect.stringContaining('takes more than 256 MiB') },
  });
  expect([parts, given]).toEqual([['definition'], 15]);
});
