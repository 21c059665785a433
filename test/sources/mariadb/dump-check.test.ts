import { expect, test } from 'vitest';
import { MariadbDumpCheck } from '../../../agent/sources/mariadb/dump-check.ts';

const facts = {
  format: 1,
  product: 'MySQL',
  server: '8.0.36',
  tools: '8.0.36',
  database: 'clinic',
  charset: 'utf8mb4',
  collation: 'utf8mb4_bin',
  comment: '',
  tables: [{ table: 'visit', file: 'visit.sql', kind: 'table', engine: 'InnoDB', rows: 3 }],
  views: [],
  code: [{ kind: 'event', name: 'nightly' }],
  definers: [],
};
const code = { kind: 'event', name: 'nightly', sql: 'CREATE ...', charset: 'a', collation: 'b' };
const end = '\n-- Dump completed\n';
const whole = {
  'database.json': JSON.stringify(facts),
  'objects.json': JSON.stringify([code]),
  'tables/visit.sql': `INSERT INTO \`visit\` (\`VALUES (\`) VALUES (1,'(;'),(2,')\\'('),(3,"(")\n;\n${end}`,
  'code.sql': `DELIMITER ;;\n/*!50106 CREATE*/ /*!50106 EVENT \`nightly\` */ ;;\nDELIMITER ;\n${end}`,
};

/** What is said of a dump, read in pieces of three bytes. */
function said(parts: Readonly<Record<string, string>>): string | undefined {
  const check = new MariadbDumpCheck();
  for (const [path, text] of Object.entries(parts)) {
    const [part, bytes] = [check.part(path), Buffer.from(text)];
    for (let at = 0; at < bytes.length; at += 3) part.write(bytes.subarray(at, at + 3));
    part.end();
  }
  return check.result().problem;
}

test('a dump of which something is cut, missing or another is told from a whole one', () => {
  const { 'tables/visit.sql': rows, 'code.sql': sql, ...without } = whole;
  const { 'objects.json': _, ...withoutObjects } = whole;
  expect({
    whole: said(whole),
    ofMariadb: said({
      ...whole,
      'tables/visit.sql': `(PARTITION\nINSERT INTO \`visit\` (\`id\`) VALUES (1,';'),\n(2,'x'),\n(3,'y');\n(no\n${end}`,
    }),
    cut: said({ ...whole, 'tables/visit.sql': rows.slice(0, -9) }),
    fewer: said({ ...whole, 'tables/visit.sql': rows.replace(',(3,"(")', '') }),
    missing: said({ ...without, 'code.sql': sql }),
    noCode: said({ ...without, 'tables/visit.sql': rows }),
    otherCode: said({ ...whole, 'code.sql': sql.replace('nightly', 'daily') }),
    cutCode: said({ ...whole, 'code.sql': sql.slice(0, -3) }),
    noObjects: said(withoutObjects),
    noFacts: said({ ...whole, 'database.json': '{' }),
  }).toEqual({
    whole: undefined,
    ofMariadb: undefined,
    cut: 'table "visit": it breaks off',
    fewer: 'table "visit": 2 rows instead of 3',
    missing: 'table "visit": tables/visit.sql is missing',
    noCode: 'code.sql is missing',
    otherCode: 'event nightly is not in code.sql',
    cutCode: 'code.sql breaks off',
    noObjects: 'event nightly is not in objects.json',
    noFacts: expect.stringContaining("its database.json can't be read"),
  });
});
