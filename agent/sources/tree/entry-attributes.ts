import type { MemberHeader } from '../../archive/member.ts';
import { aclText } from '../../os/attributes/acl-text.ts';
import {
  type Attribute,
  accessAcl,
  attributesLimit,
  bytesOf,
  defaultAcl,
} from '../../os/attributes/attribute.ts';
import { type ReadAttributes, readAttributes } from '../../os/attributes/read-attributes.ts';
import type { OwnerNames } from '../../os/owner-names.ts';
import type { Entry, Found } from './walk.ts';

/** A call of getfattr takes some 15 ms of two processors to start, and 10 us an entry. */
const entriesAtMost = 4096;
/** Of files in a batch that are read: what was looked at should be read soon after. */
const bytesAtMost = 1n << 30n;

/** What of a member's header comes from its extended attributes. */
export type AttributeFields = Pick<MemberHeader, 'attributes' | 'acl' | 'defaultAcl'>;

export interface AttributesFound {
  readonly fields: AttributeFields;
  /** Why they are not all there. */
  readonly problem?: string;
}

/** What a walk met, with its name in the archive. */
export type Named<F extends Found = Found> = F & { readonly name: Buffer };

/** `known`: they were not asked for, as the entry is as it was in the base. */
export type AttributedEntry = Named<Entry> & {
  readonly attributes: AttributesFound;
  readonly known: boolean;
};

export type Attributed = Named<Exclude<Found, Entry>> | AttributedEntry;

const none: AttributesFound = { fields: {} };
const nothingRead: ReadAttributes = { attributes: new Map(), problems: new Map() };

/** In words for a backup's notes. */
export function unreadNotes(why: string | undefined): readonly string[] {
  return why === undefined ? [] : [`no extended attributes and ACLs were read: ${why}`];
}

/** Asks for the extended attributes of many entries at once. */
export class EntryAttributes {
  readonly #owners: OwnerNames;
  #unavailable: string | undefined;

  constructor(owners: OwnerNames) {
    this.#owners = owners;
  }

  /** Why there are none, for all entries. */
  get unavailable(): string | undefined {
    return this.#unavailable;
  }

  /** The same entries in the same order; those of the next batch are asked for while one is in work. */
  async *with(
    walked: Iterable<Named>,
    isKnown: (entry: Named<Entry>) => boolean,
    signal: AbortSignal,
  ): AsyncGenerator<Attributed> {
    let ready: Batch | undefined;
    for (const batch of batchesOf(walked, isKnown)) {
      const read = this.#ask(batch.flatMap(pathToAsk), signal);
      // Handled when its turn comes.
      read.catch(() => undefined);
      if (ready !== undefined) yield* this.#give(ready);
      ready = { batch, read };
    }
    if (ready !== undefined) yield* this.#give(ready);
  }

  /** Of one entry that changed since. */
  async again(path: Buffer, signal: AbortSignal): Promise<AttributesFound> {
    return this.#of(path, await this.#ask([path], signal));
  }

  async *#give({ batch, read }: Batch): AsyncGenerator<Attributed> {
    const answer = await read;
    for (const { found, known } of batch) {
      if (found.kind === 'problem') yield found;
      else yield { ...found, attributes: this.#of(found.path, answer), known };
    }
  }

  async #ask(paths: readonly Buffer[], signal: AbortSignal): Promise<ReadAttributes> {
    if (this.#unavailable !== undefined) return nothingRead;
    const read = await readAttributes(paths, signal);
    if (typeof read !== 'string') return read;
    this.#unavailable = read;
    return nothingRead;
  }

  #of(path: Buffer, { attributes, problems }: ReadAttributes): AttributesFound {
    if (attributes.size === 0 && problems.size === 0) return none;
    const key = path.toString('latin1');
    const found = attributes.get(key) ?? [];
    const problem = problems.get(key);
    const fields = found.length === 0 ? {} : this.#fieldsOf(found);
    const { acl = '', defaultAcl: inherited = '' } = fields;
    if (bytesOf(found) + acl.length + inherited.length > attributesLimit) {
      return { fields: {}, problem: 'they are too large' };
    }
    return problem === undefined ? { fields } : { fields, problem };
  }

  #fieldsOf(attributes: readonly Attribute[]): AttributeFields {
    const acl = this.#textOf(attributes, accessAcl);
    const inherited = this.#textOf(attributes, defaultAcl);
    return {
      attributes,
      ...(acl !== undefined && { acl }),
      ...(inherited !== undefined && { defaultAcl: inherited }),
    };
  }

  #textOf(attributes: readonly Attribute[], name: string): string | undefined {
    const found = attributes.find((one) => one.name.toString() === name);
    return found === undefined ? undefined : aclText(found.value, this.#owners);
  }
}

interface Met {
  readonly found: Named;
  readonly known: boolean;
}

interface Batch {
  readonly batch: readonly Met[];
  readonly read: Promise<ReadAttributes>;
}

function pathToAsk({ found, known }: Met): readonly Buffer[] {
  if (known || found.kind === 'problem') return [];
  const { stat, path } = found;
  const may = stat.isFile() || stat.isDirectory() || stat.isSymbolicLink() || stat.isFIFO();
  return may ? [path] : [];
}

function* batchesOf(
  walked: Iterable<Named>,
  isKnown: (entry: Named<Entry>) => boolean,
): Generator<readonly Met[]> {
  let batch: Met[] = [];
  let bytes = 0n;
  for (const found of walked) {
    const known = found.kind === 'entry' && isKnown(found);
    batch.push({ found, known });
    if (found.kind === 'entry' && found.stat.isFile() && !known) bytes += found.stat.size;
    if (batch.length < entriesAtMost && bytes < bytesAtMost) continue;
    yield batch;
    [batch, bytes] = [[], 0n];
  }
  yield batch;
}
