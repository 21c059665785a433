import { type CodeObject, codeKey } from './code-object.ts';

/** Quoted by the sql_mode with which it was made; of triggers as somebody wrote it. */
const name = String.raw`(\`(?:[^\`]|\`\`)*\`|"(?:[^"]|"")*"|[\w$\u0080-\uffff]+)`;
const account = String.raw`${name}(?: ?@ ?(?:${name}|'[^']*'))?(?: ?\( ?\))?`;
const kinds = 'TRIGGER|PROCEDURE|FUNCTION|PACKAGE BODY|PACKAGE|EVENT';
const made = new RegExp(
  String.raw`^CREATE (?:OR REPLACE )?(?:DEFINER ?= ?${account} )?(?:AGGREGATE )?(${kinds}) ?(?:IF NOT EXISTS ?)?(?:${name} ?\. ?)?${name}`,
  'i',
);

/**
 * The triggers, routines and events that a dump of code makes: each statement ends with what the last `DELIMITER` before
 * it says, and parts of it stand in comments that only servers of some version read.
 */
export function codeMadeIn(text: string): readonly string[] {
  const blocks = text.split(/^DELIMITER (.+)\n/m);
  return blocks.flatMap((block, place) => {
    const delimiter = blocks[place - 1] ?? ';';
    return place % 2 === 1 || delimiter === ';'
      ? []
      : block.split(`${delimiter}\n`).flatMap(madeBy);
  });
}

/** Whether the statement of an archive makes what it is said to make, and is no other one. */
export function isMadeBy({ sql, ...named }: Pick<CodeObject, 'kind' | 'name' | 'sql'>): boolean {
  return madeBy(sql).includes(codeKey(named));
}

function madeBy(statement: string): readonly string[] {
  const head = statement
    .slice(0, headLength)
    .replaceAll(/\/\*M?!\d{5,6}/g, ' ')
    .replaceAll(/\/\*(?!M?!)[\s\S]*?\*\//g, ' ')
    .replaceAll('*/', ' ')
    .replaceAll(/\s+/g, ' ')
    .trimStart();
  const [, , , kind, , found] = made.exec(head) ?? [];
  return kind === undefined || found === undefined
    ? []
    : [`${kind.toLowerCase()} ${unquoted(found)}`];
}

function unquoted(found: string): string {
  const mark = found[0] ?? '';
  return mark === '`' || mark === '"' ? found.slice(1, -1).replaceAll(mark + mark, mark) : found;
}

/** Names of an account, a database and an object, all as long as can be. */
const headLength = 2000;

/** The views that a dump of views makes at its end, when stand-ins for all of them are there. */
export function viewsMadeIn(text: string): readonly string[] {
  const titles = text.matchAll(/^-- Final view structure for view `(.*)`$/gm);
  return [...titles].map(([, view = '']) => view.replaceAll('``', '`'));
}
