import { expect, test } from 'vitest';
import { type DumpEntry, readContents } from '../../../agent/sources/postgres/read-contents.ts';
import { findGoneTable } from '../../../agent/sources/postgres/tables/gone-table.ts';

test('contents that are none, break off, or are in an encoding that is not known are refused', () => {
  const head = Buffer.from([...Buffer.from('PGDMP'), 1, 14, 0, 4, 8, 3]);
  const cases = [
    [Buffer.from('no dump at all'), 'UTF8', 'it is no dump'],
    [head, 'UTF8', 'its contents break off'],
    [Buffer.from([...Buffer.from('PGDMP'), 1, 9, 0, 4, 8, 3]), 'UTF8', 'the format 1.9 of its'],
    [head, 'EUC_TW', "its encoding EUC_TW can't be read"],
  ] as const;
  for (const [bytes, encoding, why] of cases)
    expect(() => readContents(bytes, encoding)).toThrow(why);
});

const entry = (id: number, kind: string, more: Partial<DumpEntry>): DumpEntry => ({
  ...{ id, kind, catalogue: '0', oid: String(id), tag: '', definition: '', schema: 'public' },
  ...{ tablespace: '', accessMethod: '', owner: '', needs: [], ...more },
});

test('what belongs to a table whose name begins like that of another is told apart; a key that is not known is kept as such', () => {
  const contents = [
    entry(1, 'TABLE', { tag: 'a' }),
    entry(2, 'TABLE', { tag: 'a b' }),
    entry(3, 'TABLE DATA', { tag: 'a', oid: '1' }),
    entry(4, 'RULE', { tag: 'a b c', needs: [1, 2] }),
    entry(5, 'RULE', { tag: 'a b', needs: [1] }),
    entry(6, 'VIEW', { tag: 'v', needs: [1] }),
    entry(7, 'FK CONSTRAINT', {
      tag: 'a period',
      needs: [1, 2],
      definition: 'FOREIGN KEY (id, PERIOD at) REFERENCES public.b(id, PERIOD at)',
    }),
    entry(8, 'FK CONSTRAINT', {
      tag: 'a b "k',
      needs: [1, 2],
      definition: 'ADD CONSTRAINT k FOREIGN KEY ("x (,", y) REFERENCES public."a ""."(i, "j")',
    }),
  ];
  const found = findGoneTable(contents, { table: 'public.a', file: '3.dat', rows: 0 });
  expect(found?.before.map(({ id }) => id)).toEqual([1]);
  expect(found?.after.map(({ id }) => id)).toEqual([5]);
  expect(found?.dependents).toEqual([{ kind: 'VIEW', name: 'public.v', quoted: '"public"."v"' }]);
  expect(found?.keys.map(({ name, columns }) => ({ name, columns }))).toEqual([
    { name: 'period', columns: { from: [], to: [] } },
    { name: '"k', columns: { from: ['x (,', 'y'], to: ['i', 'j'] } },
  ]);
  expect(found?.keys[1]?.to).toEqual({ table: 'public."a ""."', schema: 'public', name: 'a ".' });
});
