import type { BaseContent, CaptureOrder } from '../sources/source.ts';
import type { BackupOrder } from './backup-order.ts';
import { headerOf } from './new-member-of.ts';
import type { OpenBase } from './open-base.ts';

/** What a capture of a source is for. */
export function captureOrder(
  { origin }: Pick<BackupOrder, 'origin'>,
  base: OpenBase | undefined,
  source: string,
): CaptureOrder {
  const isScheduled = origin === 'schedule';
  return base === undefined ? { isScheduled } : { isScheduled, base: contentOf(base, source) };
}

/** Texts are short: what describes a backup of a server. */
const textBytesAtMost = 64 * 1024 * 1024;

function contentOf({ archive, members }: OpenBase, source: string): BaseContent {
  const find = async (name: string) => {
    const wanted = Buffer.from(`${source}/${name}`);
    for await (const member of archive.members()) if (member.name.equals(wanted)) return member;
    return undefined;
  };
  return {
    async header(name) {
      const member = await find(name);
      return member === undefined ? undefined : headerOf(member);
    },
    async text(name, signal) {
      const member = members.indexOnly ? undefined : await find(name);
      if (member === undefined || member.sizeBytes > textBytesAtMost) return undefined;
      const parts: Uint8Array[] = [];
      for await (const part of archive.content(member, signal)) parts.push(Buffer.from(part));
      return Buffer.concat(parts).toString();
    },
  };
}
