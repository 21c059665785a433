import { showName } from '../../archive/member-name.ts';

/** Sorts of losses that are told apart; names of attributes come from an archive, which may be hostile. */
const kindsAtMost = 20;

/** Counts what did not come back, by what and why, each with the first name it was lost of. */
export class Losses {
  readonly #byKind = new Map<string, { count: number; readonly first: string }>();
  #others = 0;

  add(name: Buffer, what: string, reason: string): void {
    const key = `without ${what}: ${reason}`;
    const found = this.#byKind.get(key);
    if (found !== undefined) found.count += 1;
    else if (this.#byKind.size < kindsAtMost) {
      this.#byKind.set(key, { count: 1, first: showName(name) });
    } else this.#others += 1;
  }

  get notes(): readonly string[] {
    const notes = [...this.#byKind].map(([what, { count, first }]) => {
      const more = count === 1 ? '' : ` and ${count - 1} more`;
      return `${first}${more} came back ${what}`;
    });
    if (this.#others > 0) notes.push(`${this.#others} more attributes did not come back`);
    return notes;
  }
}
