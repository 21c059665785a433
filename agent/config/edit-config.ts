import { findNodeAtLocation, getNodeValue, type Node, parseTree } from 'jsonc-parser';
import {
  type ConfigChange,
  type ConfigPath,
  changesBetween,
} from '../../protocol/domain/config-change.ts';
import { indentAt, insertMember, removeMember } from './jsonc-members.ts';
import { printJson } from './print-json.ts';

/** The text with one value set (undefined: removed); comments and the order of everything else stay. */
export function editConfig(text: string, path: ConfigPath, value: unknown): string {
  const node = nodeAt(text, path);
  const before: unknown = node === undefined ? undefined : getNodeValue(node);
  return applyChanges(text, changesBetween(before, value, path));
}

/** One after the other. A change of what is not there is left out. */
export function applyChanges(text: string, changes: readonly ConfigChange[]): string {
  const changed = changes.reduce(applyChange, text.trim() === '' ? '{}\n' : text);
  return text.includes('\r\n') ? changed.replaceAll(/\r?\n/g, '\r\n') : changed;
}

function applyChange(text: string, change: ConfigChange): string {
  const { kind, path } = change;
  switch (kind) {
    case 'set':
      return setValue(text, path, change.value);
    case 'insert':
      return insertItem(text, path, change.value);
    case 'remove':
      return removeAt(text, path);
    case 'rename':
      return renameKey(text, path, change.to);
    default:
      return kind satisfies never;
  }
}

function nodeAt(text: string, path: ConfigPath): Node | undefined {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  return tree === undefined ? undefined : findNodeAtLocation(tree, [...path]);
}

function setValue(text: string, path: ConfigPath, value: unknown): string {
  if (value === undefined) return removeAt(text, path);
  const node = nodeAt(text, path);
  if (node !== undefined) {
    const printed = printJson(value, indentAt(text, node.offset));
    return text.slice(0, node.offset) + printed + text.slice(node.offset + node.length);
  }
  const above = path.slice(0, -1);
  const key = path.at(-1);
  const parent = nodeAt(text, above);
  if (typeof key === 'string' && parent?.type === 'object') {
    return insertMember(text, parent, parent.children?.length ?? 0, { key, value });
  }
  if (typeof key === 'number') return insertItem(text, path, value);
  return above.length === 0 || key === undefined ? text : setValue(text, above, { [key]: value });
}

function insertItem(text: string, path: ConfigPath, value: unknown): string {
  const place = path.at(-1);
  const list = nodeAt(text, path.slice(0, -1));
  if (typeof place !== 'number') return text;
  if (list?.type !== 'array') return setValue(text, path.slice(0, -1), [value]);
  return insertMember(text, list, Math.min(place, list.children?.length ?? 0), { value });
}

function removeAt(text: string, path: ConfigPath): string {
  const node = nodeAt(text, path);
  return node?.parent === undefined
    ? text
    : removeMember(text, node.parent.type === 'property' ? node.parent : node);
}

function renameKey(text: string, path: ConfigPath, to: string): string {
  const key = nodeAt(text, path)?.parent?.children?.[0];
  if (key?.type !== 'string') return text;
  return text.slice(0, key.offset) + JSON.stringify(to) + text.slice(key.offset + key.length);
}
