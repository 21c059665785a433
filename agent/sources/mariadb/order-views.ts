import { identifier } from '../../databases/mariadb/quote.ts';
import type { CodeObject } from './code-object.ts';

/**
 * Those that stand on others before these: each is then made while the others are stand-ins, whose definers are there
 * and may read them.
 */
export function orderViews(views: readonly CodeObject[]): readonly CodeObject[] {
  const byName = new Map(views.map((view) => [view.name, view]));
  const standsOn = new Map(
    views.map((view) => [
      view,
      namesIn(view.sql).flatMap((name) => {
        const other = byName.get(name);
        return other === undefined || other === view ? [] : [other];
      }),
    ]),
  );
  const placed = new Set<CodeObject>();
  const order: CodeObject[] = [];
  const place = (view: CodeObject): void => {
    if (placed.has(view)) return;
    placed.add(view);
    for (const other of standsOn.get(view) ?? []) place(other);
    order.push(view);
  };
  for (const view of views) place(view);
  return order.toReversed();
}

const quoted = /`((?:[^`]|``)+)`/g;

/** Of anything: more than needed does no harm. */
function namesIn(sql: string): readonly string[] {
  return [...new Set([...sql.matchAll(quoted)].map(([, name = '']) => name.replaceAll('``', '`')))];
}

/** Views say of which database their columns are and what they call, also where it is their own. */
export function moveView(
  sql: string,
  {
    from,
    to,
    functions,
  }: {
    readonly from: string;
    readonly to: string;
    readonly functions: readonly string[];
  },
): string {
  if (from === to) return sql;
  const [before, after] = [identifier(from), identifier(to)];
  const called = functions.reduce(
    (text, name) =>
      text.replaceAll(`${before}.${identifier(name)}(`, `${after}.${identifier(name)}(`),
    sql,
  );
  // Three names: database, table, column. Of two the first may as well be a table of that name.
  return called.replaceAll(threeNames, (names: string, first: string) =>
    first === before ? after + names.slice(before.length) : names,
  );
}

const threeNames = /(`(?:[^`]|``)+`)\.`(?:[^`]|``)+`\.(?=`)/g;
