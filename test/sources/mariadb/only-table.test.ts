import { expect, test } from 'vitest';
import { isMadeBy } from '../../../agent/sources/mariadb/made-in.ts';
import { areOnlyRows, makesOnlyTable } from '../../../agent/sources/mariadb/tables/only-table.ts';

test('rows are texts and numbers, whatever is in them, and nothing that a server would run', () => {
  const rows = [
    String.raw`(1,'it\'s; (SELECT 1)',NULL,-1.5e+20,0x0AfF,_binary 'x\\')`,
    "\n(1,'\\\\'),\n(2,'--\n#')\n",
    "(''),('a'),(00012),(1e-7),(-0.0)",
  ];
  expect(rows.map(areOnlyRows)).toEqual([true, true, true]);
  const forged = [
    '',
    "('x',(SELECT 1))",
    "(LOAD_FILE('/etc/passwd'))",
    '(@@datadir)',
    "('x') ON DUPLICATE KEY UPDATE a = (SELECT 1)",
    "('x'); DROP TABLE y",
    "('x' /* ' */)",
    "('x\\')",
    '(1+1)',
    '(id)',
    "(_utf8'x')",
    '(1),',
    '(1',
    '(0x41SLEEP(1))',
    '(1)(2)',
  ];
  expect(forged.filter(areOnlyRows)).toEqual([]);
});

const made = (more: string, columns = '`id` int(11) NOT NULL'): string =>
  `CREATE TABLE \`visit\` (\n  ${columns}\n) ${more}`;

test('a definition makes its table, in the engine that the backup names, and reads nothing', () => {
  const sound = [
    made("ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='SELECT; -- # it''s \\' /* x */'"),
    made(
      'ENGINE=InnoDB',
      '`select``x` int(11) DEFAULT nextval(`db`.`numbers`) COMMENT "ENGINE=CSV"',
    ),
    made(
      "ENGINE=InnoDB\n/*!50100 PARTITION BY LIST (`x`)\n(PARTITION a VALUES IN ('x') COMMENT = 'it''s' ENGINE = InnoDB) */",
    ),
    made('ENGINE=innodb', '`uncompressed` text /*!100301 COMPRESSED*/ CHECK (`a` - -1 like "x%")'),
  ];
  expect(sound.map((sql) => makesOnlyTable(sql, 'InnoDB'))).toEqual(sound.map(() => true));
  const forged = [
    made('ENGINE=InnoDB SELECT * FROM mysql.user'),
    made('ENGINE=InnoDB TABLE mysql.user'),
    made("ENGINE=CONNECT TABLE_TYPE=XML FILE_NAME='/etc/passwd'"),
    made("ENGINE 'CONNECT'"),
    made("ENGINE=InnoDB CONNECTION='mysql://elsewhere/x'"),
    made("ENGINE=InnoDB -- '\nSELECT * FROM mysql.user -- '"),
    made("ENGINE=InnoDB # '\nSELECT * FROM mysql.user # '"),
    made("ENGINE=InnoDB /* ' */ SELECT * FROM mysql.user /* ' */"),
    made("ENGINE=InnoDB /*!99999 ' */ SELECT * FROM mysql.user -- '"),
    made('ENGINE=InnoDB /*!50100 SELECT * FROM mysql.user */'),
    made('ENGINE=InnoDB; DROP DATABASE mysql'),
    made("ENGINE=InnoDB COMMENT='x"),
    made('ENGINE=InnoDB', '`x` text DEFAULT (load_file(0x2f))'),
  ];
  expect(forged.filter((sql) => makesOnlyTable(sql, 'InnoDB'))).toEqual([]);
});

test('a trigger of an archive makes itself, and nothing else', () => {
  const by = (sql: string) => isMadeBy({ kind: 'trigger', name: 'a `b', sql });
  expect(by('CREATE DEFINER=`root`@`%` trigger /* x */ if not exists `a ``b` BEFORE INSERT')).toBe(
    true,
  );
  expect(by('GRANT ALL ON *.* TO somebody')).toBe(false);
  expect(by('CREATE TRIGGER `a` BEFORE INSERT ON x FOR EACH ROW SET @a = 1')).toBe(false);
  expect(by('CREATE PROCEDURE `a ``b`() GRANT ALL ON *.* TO somebody')).toBe(false);
});
