import { differs, joined, quoted } from './sql-text.ts';
import type { TableShape } from './table-shape.ts';

const createdNames =
  /^(created?|creation|inserted|added|registered)(_?(at|on|date|time|ts|timestamp))?$|^(date|time)_?(created|added|inserted)$/;

/**
 * SQL that is 1 where the live row seems to be another thing that was given the key of `b`, a row of the
 * backup. When a row was created does not change; without such a column only numbers that SQLite may give
 * again are looked at, and most of what is in the two rows has to differ, two columns at least.
 */
export function reusedKey(
  { key, isNumbered }: Pick<TableShape, 'key' | 'isNumbered'>,
  shared: readonly string[],
): string {
  const others = shared.filter((name) => !key.includes(name));
  const created = others.find((name) => createdNames.test(name));
  if (created !== undefined) {
    const [now, then] = [`l.${quoted(created)}`, `b.${quoted(created)}`];
    return `(${now} is not null and ${then} is not null and ${now} is not ${then})`;
  }
  if (!isNumbered || others.length < 2) return '0';
  const different = joined(
    others.map((name) => differs(name, 'l', 'b')),
    '+',
  );
  const filled = joined(
    others.map((name) => `(l.${quoted(name)} is not null or b.${quoted(name)} is not null)`),
    '+',
  );
  return `((${different}) >= 2 and 2 * (${different}) > (${filled}))`;
}
