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

/** A call of getfattr takes 3 ms to start and 7 us an entry. */
const entriesAtMost = 1024;
/** Of files in a batch: what was looked at should be read soon after. */
const bytesAtMost = 128n << 20n;

/** What of a member's header comes from its extended attributes. */
export type AttributeFields = Pick<MemberHeader, 'attributes' | 'acl' | 'defaultAcl'>;

export interface AttributesFound {
  readonly fields: AttributeFields;
  /** Why they are not all there. */
  readonly problem?: string;
}

/** What a walk met, with the attributes of entries. */
export type Attributed = Exclude<Found, Entry> | (Entry & { readonly attributes: AttributesFound });

const none: AttributesFound = { fields: {} };
const nothingRead: ReadAttributes = { attributes: new Map(), problems: new Map() };

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
  async *with(found: Iterable<Found>, signal: AbortSignal): AsyncGenerator<Attributed> {
    let ready: Batch | undefined;
    for (const batch of batchesOf(found)) {
      const read = this.#read(batch.filter(hasAttributes), signal);
      // Handled when its turn comes.
      read.catch(() => undefined);
      if (ready !== undefined) yield* this.#give(ready);
      ready = { found: batch, read };
    }
    if (ready !== undefined) yield* this.#give(ready);
  }

  /** Of one entry that changed since. */
  async again(path: Buffer, signal: AbortSignal): Promise<AttributesFound> {
    return this.#of(path, await this.#read([{ path }], signal));
  }

  async *#give({ found, read }: Batch): AsyncGenerator<Attributed> {
    const answer = await read;
    for (const one of found) {
      if (one.kind === 'problem') yield one;
      else yield { ...one, attributes: this.#of(one.path, answer) };
    }
  }

  async #read(
    entries: readonly Pick<Entry, 'path'>[],
    signal: AbortSignal,
  ): Promise<ReadAttributes> {
    if (this.#unavailable !== undefined) return nothingRead;
    const paths = entries.map(({ path }) => path);
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
    if (bytesOf(found) > attributesLimit) return { fields: {}, problem: 'they are too large' };
    const fields = found.length === 0 ? {} : this.#fieldsOf(found);
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

interface Batch {
  readonly found: readonly Found[];
  readonly read: Promise<ReadAttributes>;
}

function hasAttributes(found: Found): found is Entry {
  if (found.kind === 'problem') return false;
  const { stat } = found;
  return stat.isFile() || stat.isDirectory() || stat.isSymbolicLink() || stat.isFIFO();
}

function* batchesOf(found: Iterable<Found>): Generator<readonly Found[]> {
  let batch: Found[] = [];
  let bytes = 0n;
  for (const one of found) {
    batch.push(one);
    if (one.kind === 'entry' && one.stat.isFile()) bytes += one.stat.size;
    if (batch.length < entriesAtMost && bytes < bytesAtMost) continue;
    yield batch;
    [batch, bytes] = [[], 0n];
  }
  yield batch;
}
