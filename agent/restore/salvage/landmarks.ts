import { ownFolder } from '../../archive/member-name.ts';
import { entryAt } from './entry-at.ts';

/** Where the content of one of Kedge's own members begins. */
export interface Landmark {
  /** Number of the piece that holds its header, and place of its first content byte in that. */
  readonly piece: number;
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Own members that say what all others must be, met while a file is scanned. */
export interface Landmarks {
  readonly look: (content: Buffer, piece: number) => Promise<void>;
  /** The last of each, as they end an archive. */
  readonly found: { index?: Landmark; sums?: Landmark };
}

const indexName = `${ownFolder}index`;
const sumsName = `${ownFolder}SHA256SUMS`;
/** The frame with the header of the index holds nothing else. */
const headerFrameLimit = 4096;

export function watchLandmarks(): Landmarks {
  const found: Landmarks['found'] = {};
  return {
    found,
    async look(content, piece) {
      if (content.length <= headerFrameLimit) {
        const index = await find(content, piece, indexName);
        if (index?.offset === content.length) found.index = index;
      }
      const sums = await find(content, piece, sumsName);
      if (sums !== undefined) found.sums = sums;
    },
  };
}

async function find(content: Buffer, piece: number, name: string): Promise<Landmark | undefined> {
  // The name fills its field, so a zero follows it.
  const at = content.lastIndexOf(`${name}\0`);
  if (at === -1) return undefined;
  const placed = await entryAt(content, at);
  if (placed === undefined || placed === 'end' || placed.entry.kind !== 'file') return undefined;
  return { piece, offset: placed.end, sizeBytes: placed.entry.sizeBytes };
}
