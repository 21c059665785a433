import { budgeted, type Row, verdictOf } from './row.ts';

const headings = ['what', 'figure', 'peer', '', 'held to', 'must', 'goal', 'verdict'] as const;
/** Columns of figures; the others are words. */
const rightAligned: ReadonlySet<number> = new Set([1, 3, 4, 5, 6]);

/** All rows as text, the groups one below the other in one set of columns. */
export function drawTable(groups: ReadonlyMap<string, readonly Row[]>): string {
  const lines: (string | readonly string[])[] = [headings];
  for (const [name, rows] of groups) lines.push('', name, ...rows.map(cellsOf));
  const cells = lines.filter((line) => typeof line !== 'string');
  const widths = headings.map((_, column) =>
    Math.max(...cells.map((line) => (line[column] ?? '').length)),
  );
  return lines.map((line) => (typeof line === 'string' ? line : align(line, widths))).join('\n');
}

function align(cells: readonly string[], widths: readonly number[]): string {
  const aligned = cells.map((cell, column) => {
    const width = widths[column] ?? 0;
    return rightAligned.has(column) ? cell.padStart(width) : cell.padEnd(width);
  });
  return `  ${aligned.join('  ')}`.trimEnd();
}

function cellsOf(row: Row): readonly string[] {
  if (row.absent !== undefined) return [row.what, row.absent];
  const { budget, peer } = row;
  const found = budgeted(row);
  return [
    row.what,
    withUnit(row.value, row),
    peer?.name ?? '',
    peer === undefined ? '' : withUnit(peer.value, row),
    found === undefined ? ratioOf(row) : budgetWords(row, found),
    budget === undefined ? '' : shown(budget.must),
    budget === undefined ? '' : shown(budget.goal),
    verdictOf(row),
  ];
}

function ratioOf({ peer, value }: Row): string {
  return peer === undefined ? '' : `${shown(value / peer.value)} x`;
}

function budgetWords({ budget, unit }: Row, found: number): string {
  if (budget?.of === 'ratio') return `${shown(found)} x`;
  return `${budget?.of === 'excess' && found > 0 ? '+' : ''}${shown(found)} ${unit}`;
}

function withUnit(value: number, { unit }: Row): string {
  return `${shown(value)} ${unit}`.trim();
}

/** Three digits that count. */
function shown(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return '-';
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  return value.toFixed(size >= 0.1 || value === 0 ? 2 : 3);
}
