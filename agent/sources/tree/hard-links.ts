import type { BigIntStats } from 'node:fs';
import type { MemberHeader } from '../../archive/member.ts';

/** Which names lead to one file: the first is a member with content, the others point to it. */
export class HardLinks {
  readonly #byFile = new Map<string, { readonly first: Buffer; readonly others: MemberHeader[] }>();

  /** The name under which this file was written already. */
  firstName(stat: BigIntStats): Buffer | undefined {
    return this.#byFile.get(keyOf(stat))?.first;
  }

  addFirst(stat: BigIntStats, name: Buffer): void {
    if (stat.nlink > 1n && this.firstName(stat) === undefined) {
      this.#byFile.set(keyOf(stat), { first: name, others: [] });
    }
  }

  addOther(stat: BigIntStats, header: MemberHeader): void {
    this.#byFile.get(keyOf(stat))?.others.push(header);
  }

  /** The links to a file that was written once more, which still point to its earlier content. */
  othersOf(stat: BigIntStats): readonly MemberHeader[] {
    return this.#byFile.get(keyOf(stat))?.others ?? [];
  }
}

function keyOf(stat: BigIntStats): string {
  return `${stat.dev}:${stat.ino}`;
}
