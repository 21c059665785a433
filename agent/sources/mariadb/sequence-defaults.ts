import { identifier, literal } from '../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { isIn } from './list-objects.ts';
import { named } from './rename-step.ts';

/** Where the definition of a table ends in its file, and longer than any is. */
const behind = ['\n-- Dumping data for ', '\nINSERT INTO '] as const;
const definitionBytesAtMost = 8 * 1024 * 1024;

/**
 * A default that takes from a sequence names its database, and a table is made only where the sequence is: in the file
 * of a table it is made to be that of the same database. Rows are left as they are.
 */
export async function* moveDefaults(
  content: AsyncIterable<Uint8Array>,
  from: string,
  to: string,
): AsyncGenerator<Uint8Array> {
  const [before, after] = [from, to].map((name) => bytewise(`(${identifier(name)}.`));
  const moved = (text: string): Buffer =>
    Buffer.from(
      text.replaceAll(/\b(?:next|last)val\(`(?:[^`]|``)+`\./gi, (call) =>
        call.endsWith(before ?? '') ? call.slice(0, call.indexOf('(')) + (after ?? '') : call,
      ),
      'latin1',
    );
  let head: string | undefined = '';
  for await (const bytes of content) {
    if (head === undefined) {
      yield bytes;
      continue;
    }
    head += Buffer.from(bytes).toString('latin1');
    const isWhole = behind.some((mark) => head?.includes(mark));
    if (!isWhole && head.length < definitionBytesAtMost) continue;
    yield* movedUpToRows(head, moved);
    head = undefined;
  }
  if (head !== undefined) yield* movedUpToRows(head, moved);
}

function* movedUpToRows(head: string, moved: (text: string) => Buffer): Generator<Uint8Array> {
  const ends = behind.map((mark) => head.indexOf(mark)).filter((at) => at >= 0);
  const end = Math.min(head.length, ...ends);
  yield moved(head.slice(0, end));
  yield Buffer.from(head.slice(end), 'latin1');
}

/** A byte a character, so that none is lost. */
const bytewise = (text: string): string => Buffer.from(text).toString('latin1');

/** Defaults that name where tables came from; sequences came along. */
export async function settleDefaults(
  session: SqlSession,
  live: string,
  from: string,
  signal: AbortSignal,
): Promise<void> {
  const rows = await session.query(
    `SELECT table_name AS tab, column_name AS col, column_default AS def
     FROM information_schema.columns WHERE ${isIn('table_schema', live)}
       AND LOCATE(${literal(`${identifier(from)}.`)}, column_default) > 0`,
    signal,
  );
  // All of a table at once: one that still names what is gone keeps it from being changed.
  for (const [table, of] of Map.groupBy(rows, ({ tab }) => tab ?? '')) {
    const changes = of.map(({ col, def }) => {
      const value = (def ?? '').replaceAll(`${identifier(from)}.`, `${identifier(live)}.`);
      return `ALTER COLUMN ${identifier(col ?? '')} SET DEFAULT (${value})`;
    });
    await session.query(`ALTER TABLE ${named(live, table)} ${changes.join(', ')}`, signal);
  }
}
