import type {
  KeyValue,
  RestoreMode,
  RestorePart,
  TablePart,
} from '../../../protocol/domain/restore-order.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { Arguments } from '../command.ts';
import { absolutePath, flagOf, listOf, textOf } from '../read-arguments.ts';
import { readRowKey } from './row-key.ts';

/** What comes back and what becomes of what came after; of `restore plan` and `restore run`. */
export const partArguments = [
  { name: 'keep-newer', kind: 'flag' },
  { name: 'elsewhere', kind: 'path', placeholder: 'FOLDER' },
  { name: 'beside', kind: 'flag' },
  { name: 'only', kind: 'text', many: true, placeholder: 'SOURCE[/PATH]' },
  { name: 'table', kind: 'text', many: true, placeholder: 'SOURCE.TABLE' },
  { name: 'row', kind: 'text', many: true, placeholder: 'SOURCE.TABLE=KEY' },
] as const;

export function askedParts(args: Arguments): { mode?: RestoreMode; parts?: RestorePart[] } {
  const mode = modeIn(args);
  const parts = [
    ...listOf(args, 'only').map(pathPart),
    ...listOf(args, 'table').map((text) => tablePart(text, 'table')),
    ...rowParts(listOf(args, 'row')),
  ];
  return {
    ...(mode === undefined ? {} : { mode }),
    ...(parts.length === 0 ? {} : { parts }),
  };
}

function modeIn(args: Arguments): RestoreMode | undefined {
  const folder = textOf(args, 'elsewhere');
  if (folder !== undefined && flagOf(args, 'keep-newer')) {
    throw bad('elsewhere', 'nothing there can be newer; leave out --keep-newer');
  }
  if (flagOf(args, 'beside')) return besideIn(args, folder);
  if (folder !== undefined) return { kind: 'elsewhere', folder: absolutePath(folder) };
  return flagOf(args, 'keep-newer') ? { kind: 'merge' } : undefined;
}

function besideIn(args: Arguments, folder: string | undefined): RestoreMode {
  if (folder !== undefined) throw bad('beside', 'that or --elsewhere, not both');
  if (flagOf(args, 'keep-newer')) throw bad('beside', 'nothing goes then; leave out --keep-newer');
  if (listOf(args, 'table').length === 0) throw bad('beside', 'name tables: --table SOURCE.TABLE');
  return { kind: 'beside' };
}

function pathPart(text: string): RestorePart {
  const slash = text.indexOf('/');
  if (slash === 0) throw bad('only', `"${text}" does not begin with the name of a source`);
  const path = slash === -1 ? '' : text.slice(slash + 1).replace(/\/+$/, '');
  return path === ''
    ? { source: text.split('/')[0] ?? '' }
    : { source: text.slice(0, slash), paths: [path] };
}

function tablePart(text: string, what: string): RestorePart {
  const dot = text.indexOf('.');
  const [source, table] = [text.slice(0, dot), text.slice(dot + 1)];
  if (dot <= 0 || table === '') throw bad(what, `"${text}" is not SOURCE.TABLE`);
  return { source, tables: [{ table }] };
}

/** Rows of one table together, so that its other parts are not taken for the whole of it. */
function rowParts(texts: readonly string[]): readonly RestorePart[] {
  const keys = new Map<string, (readonly KeyValue[])[]>();
  for (const text of texts) {
    const [name, key] = namedRow(text);
    keys.set(name, [...(keys.get(name) ?? []), readRowKey(key, 'row')]);
  }
  return [...keys].map(([name, found]) => {
    const { source, tables = [] } = tablePart(name, 'row');
    return { source, tables: tables.map(({ table }): TablePart => ({ table, keys: found })) };
  });
}

/** `SOURCE."a=b"=KEY` where the name of a table has a sign of this form in it; two quotation marks are one. */
function namedRow(text: string): readonly [name: string, key: string] {
  const quoted = /^([^."]+)\."((?:[^"]|"")+)"=(.*)$/s.exec(text);
  if (quoted !== null) {
    const [, source = '', table = '', key = ''] = quoted;
    return [`${source}.${table.replaceAll('""', '"')}`, key];
  }
  const equals = text.indexOf('=');
  if (equals === -1) throw bad('row', `"${text}" is not SOURCE.TABLE=KEY`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function bad(what: string, problem: string): KedgeError {
  return new KedgeError('bad-argument', { what: `--${what}`, problem });
}
