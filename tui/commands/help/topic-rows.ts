/** A row of a page of the help, as wide as was asked for at most; `code` stands as it was written. */
export interface HelpRow {
  readonly kind: 'heading' | 'text' | 'code' | 'blank';
  readonly text: string;
}

type Block = { readonly kind: 'heading' | 'text' | 'point' | 'code'; readonly text: string };

/** How texts are broken between words: by letters for a pipe, by cells on a screen. */
export type Wrap = (text: string, width: number) => readonly string[];

/** A body, in its small markup, as rows. */
export function topicRows(body: string, width: number, wrap: Wrap): readonly HelpRow[] {
  const rows = body
    .replace(/^\n+|\s+$/g, '')
    .split(/\n{2,}/)
    .flatMap((part): readonly HelpRow[] => [
      { kind: 'blank', text: '' },
      ...blocksOf(part).flatMap((block) => rowsOf(block, width, wrap)),
    ]);
  return rows.slice(1);
}

/** Lines of one block are joined, but for those that stand as they are. */
function blocksOf(part: string): readonly Block[] {
  const blocks: Block[] = [];
  for (const line of part.split('\n')) {
    const last = blocks.at(-1);
    const next = blockOf(line);
    const goesOn = next.kind === 'text' && (last?.kind === 'text' || last?.kind === 'point');
    if (goesOn) blocks[blocks.length - 1] = { ...last, text: `${last.text} ${next.text}` };
    else blocks.push(next);
  }
  return blocks;
}

function blockOf(line: string): Block {
  if (line.startsWith('## ')) return { kind: 'heading', text: line.slice(3) };
  if (line.startsWith('- ')) return { kind: 'point', text: line.slice(2) };
  if (line.startsWith('  ')) return { kind: 'code', text: line };
  return { kind: 'text', text: line };
}

function rowsOf({ kind, text }: Block, width: number, wrap: Wrap): readonly HelpRow[] {
  switch (kind) {
    case 'heading':
      return [{ kind, text }];
    case 'code':
      return [{ kind, text }];
    case 'text':
      return wrap(text, width).map((row) => ({ kind: 'text', text: row }));
    case 'point':
      return wrap(text, width - 2).map((row, at) => ({
        kind: 'text',
        text: `${at === 0 ? '-' : ' '} ${row}`,
      }));
    default:
      return kind satisfies never;
  }
}
