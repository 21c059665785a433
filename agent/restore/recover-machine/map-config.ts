import { applyEdits, type Edit, type Node, parseTree } from 'jsonc-parser';
import type { RecoverOrder } from '../../../protocol/domain/recover.ts';
import { editConfig } from '../../config/edit-config.ts';
import { mapPathsIn } from './path-map.ts';

/** Where paths of the machine stand. */
const sections: ReadonlySet<string> = new Set(['sources', 'stores', 'services']);

/**
 * The configuration of an archive for this machine: every path in its sources, destinations and services is mapped,
 * in words of command lines, environments and probes too; comments, order and all else stay as they are.
 */
export function mapConfigText(
  text: string,
  { maps, destinations }: Pick<RecoverOrder, 'maps' | 'destinations'>,
): string {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const edits = (tree?.children ?? [])
    .filter(({ children }) => sections.has(String(children?.[0]?.value)))
    .flatMap((property) => stringsIn(property.children?.[1]))
    .flatMap((node) => editOf(node, maps));
  return destinations.reduce(
    (mapped, { id, folder }) => editConfig(mapped, ['stores', id, 'path'], folder),
    applyEdits(text, edits),
  );
}

/** Values only: what a property is called is no path. */
function stringsIn(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  if (node.type === 'string') return [node];
  if (node.type === 'property') return stringsIn(node.children?.[1]);
  return (node.children ?? []).flatMap(stringsIn);
}

function editOf(node: Node, maps: RecoverOrder['maps']): readonly Edit[] {
  const before = String(node.value);
  const after = mapPathsIn(before, maps);
  if (after === before) return [];
  return [{ offset: node.offset, length: node.length, content: JSON.stringify(after) }];
}
