import { expect, test } from 'vitest';
import { DumpCheck } from '../../../agent/sources/postgres/dump-check.ts';

const facts = {
  format: 1,
  server: '15.18',
  tools: '15.18',
  database: 'clinic',
  properties: {
    owner: 'app',
    encoding: 'UTF8',
    collate: 'C',
    ctype: 'C',
    tablespace: 'pg_default',
    connectionLimit: -1,
    settings: [],
  },
  roles: [],
  extensions: [],
  tables: [{ table: 'public.visit', file: '7.dat', rows: 2 }],
};

const whole = {
  'database.json': JSON.stringify(facts),
  'dump/toc.dat': 'PGDMP and more',
  'dump/7.dat': '1\tone\n2\ttw\\no\n\\.\n\n\n',
};

/** What is said of a dump, read in pieces of three bytes. */
function said(parts: Readonly<Record<string, string>>): string | undefined {
  const check = new DumpCheck();
  for (const [path, text] of Object.entries(parts)) {
    const [part, bytes] = [check.part(path), Buffer.from(text)];
    for (let at = 0; at < bytes.length; at += 3) part.write(bytes.subarray(at, at + 3));
    part.end();
  }
  return check.result().problem;
}

test('a dump of which a table is cut, missing or another is told from a whole one', () => {
  const { 'dump/7.dat': rows, ...without } = whole;
  expect({
    whole: said(whole),
    cut: said({ ...whole, 'dump/7.dat': rows.slice(0, -9) }),
    fewer: said({ ...whole, 'dump/7.dat': rows.slice(6) }),
    missing: said(without),
    noContents: said({ ...whole, 'dump/toc.dat': 'none' }),
    noFacts: said({ ...whole, 'database.json': '{' }),
  }).toEqual({
    whole: undefined,
    cut: 'table "public.visit": its rows break off',
    fewer: 'table "public.visit": 1 rows instead of 2',
    missing: 'table "public.visit": dump/7.dat is missing',
    noContents: 'its dump/toc.dat is none of a dump',
    noFacts: expect.stringContaining("its database.json can't be read"),
  });
});
