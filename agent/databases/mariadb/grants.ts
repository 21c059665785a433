import type { SqlRow, SqlSession } from '../sql-session.ts';

/** A line of SHOW GRANTS. */
interface Grant {
  /** In capitals; "ALL PRIVILEGES" is all of them. Rights in single columns are left out. */
  readonly rights: ReadonlySet<string>;
  /** "*", or a name that may hold % and _. */
  readonly database: string;
  /** "*", or a name. */
  readonly table: string;
}

/** What the account of a session may do, by itself and by the roles that are active in it. */
export async function readGrants(
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly Grant[]> {
  const rows = await session.query('SHOW GRANTS', signal);
  return rows.flatMap((row) => grantIn(textOf(row)) ?? []);
}

function textOf(row: SqlRow): string {
  return Object.values(row)[0] ?? '';
}

/** Names are in backticks, of some servers in quotes. */
const name = String.raw`(\*|\`(?:[^\`]|\`\`)*\`|'(?:[^']|'')*'|[\w$]+)`;
/** It stands behind all others, and is not one of ALL PRIVILEGES. */
const toGive = 'GRANT OPTION';
const givesPattern = / WITH GRANT OPTION(?: MAX_[\w ]+)?$/;
const grantPattern = new RegExp(`^GRANT (.+?) ON (?:TABLE )?${name}\\.${name} TO `);

function grantIn(line: string): Grant | undefined {
  const [, rights, database, table] = grantPattern.exec(line) ?? [];
  if (rights === undefined || database === undefined || table === undefined) return undefined;
  const gives = givesPattern.test(line) ? [toGive] : [];
  const all = new Set([...rightsIn(rights), ...gives]);
  return { rights: all, database: plain(database), table: plain(table) };
}

/** "SELECT (`id`), INSERT, SHOW VIEW" */
function rightsIn(text: string): ReadonlySet<string> {
  const whole = text.replaceAll(/[A-Z ]+ \([^)]*\)/g, '');
  return new Set(whole.split(',').map((right) => right.trim().toUpperCase()));
}

function plain(quoted: string): string {
  const mark = quoted[0] ?? '';
  if (mark !== '`' && mark !== "'") return quoted;
  return quoted.slice(1, -1).replaceAll(mark + mark, mark);
}

/** Whether one of them gives a right in all of a database, or in one table of it. */
export function hasRight(
  grants: readonly Grant[],
  right: string,
  database: string,
  table = '*',
): boolean {
  return grants.some(
    (grant) =>
      (grant.rights.has(right) || (right !== toGive && grant.rights.has('ALL PRIVILEGES'))) &&
      (grant.database === '*' || isLike(database, grant.database)) &&
      (grant.table === '*' || grant.table === table),
  );
}

/** Whether one of them gives a right everywhere. */
export function hasGlobalRight(grants: readonly Grant[], right: string): boolean {
  return grants.some(
    ({ rights, database }) =>
      database === '*' && (rights.has(right) || rights.has('ALL PRIVILEGES')),
  );
}

/** As LIKE has it: % for any text, _ for one character, a backslash before what is meant as it stands. */
export function isLike(text: string, pattern: string): boolean {
  const source = pattern.replaceAll(/\\(.)|([\s\S])/g, (_, escaped?: string, other?: string) => {
    if (escaped !== undefined) return literally(escaped);
    return other === '%' ? '[\\s\\S]*' : other === '_' ? '[\\s\\S]' : literally(other ?? '');
  });
  return new RegExp(`^${source}$`, 'u').test(text);
}

function literally(character: string): string {
  return character.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
