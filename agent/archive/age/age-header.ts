import { createHmac, hkdfSync } from 'node:crypto';
import type { Identity, Recipient } from 'age-encryption';
import { KedgeError } from '../../../protocol/failures.ts';
import type { Keys } from '../../os/work.ts';
import { damaged, notOurs } from '../damage.ts';
import type { RangedReader } from '../ranged-reader.ts';
import type { Encryption, Lock } from './lock.ts';
import { unwrapByPassphrase, workFactor, wrapByPassphrase } from './scrypt.ts';

export const ageMagic = Buffer.from('age-encryption.org/v1\n');
/** A header of ours has some 400 bytes; a post-quantum recipient alone takes 1,600. */
const headerLimit = 64 << 10;
const recipientLimit = 64;
/** What stands behind the header of an empty file: nonce, and the tag of its one chunk. */
const emptyPayload = 32;

/** The text in front of the payload, as it can be read without a key. */
export interface AgeHeader {
  readonly bytes: Buffer;
  readonly encryption: Encryption;
}

/** A new header, and the key that its payload is to be sealed with. */
export async function makeHeader(lock: Lock): Promise<{ header: Buffer; fileKey: Buffer }> {
  // Loading it costs 160 ms and 17 MiB, which only those pay who encrypt.
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  let fileKey = Buffer.alloc(0);
  encrypter.addRecipient({
    wrapFileKey(key) {
      fileKey = Buffer.from(key);
      return [];
    },
  });
  if (lock.kind === 'passphrase') encrypter.addRecipient(await scryptRecipient(lock.passphrase));
  else for (const recipient of lock.recipients) encrypter.addRecipient(recipient);
  const empty = await encrypter.encrypt(new Uint8Array(0));
  return { header: Buffer.from(empty.subarray(0, empty.length - emptyPayload)), fileKey };
}

/** By node:crypto: that of age-encryption would hold up the main thread for a second and more. */
async function scryptRecipient(passphrase: string): Promise<Recipient> {
  const { Stanza } = await import('age-encryption');
  return {
    async wrapFileKey(fileKey) {
      const { salt, body } = await wrapByPassphrase(fileKey, passphrase);
      const args = ['scrypt', salt.toString('base64').replaceAll('=', ''), String(workFactor)];
      return [new Stanza(args, body)];
    },
  };
}

/** The header of a file that begins with `ageMagic`, bounded in length and recipients. */
export async function readHeader(file: RangedReader): Promise<AgeHeader> {
  const start = await file.read(0, Math.min(headerLimit, file.sizeBytes));
  const macAt = start.indexOf('\n--- ') + 1;
  const end = start.indexOf('\n', macAt) + 1;
  if (macAt === 0 || end === 0) throw damaged(file, 'the header of its encryption has no end');
  const lines = start.toString('latin1', 0, macAt).split('\n');
  const stanzas = lines.filter((line) => line.startsWith('-> '));
  if (stanzas.length > recipientLimit) {
    throw notOurs(file, `it is encrypted to ${stanzas.length} recipients`);
  }
  const byPassphrase = stanzas.some((line) => line.startsWith('-> scrypt '));
  const bytes = Buffer.from(start.subarray(0, end));
  return { bytes, encryption: byPassphrase ? 'passphrase' : 'keys' };
}

/**
 * The file key. Fails with key-missing, passphrase-missing or passphrase-wrong where no key fits, and with
 * archive-damaged where the header has changed.
 */
export async function openHeader(
  file: RangedReader,
  { bytes, encryption }: AgeHeader,
  keys: Keys,
): Promise<Uint8Array> {
  const { fileKey } = keys;
  if (fileKey !== undefined && isMadeBy(bytes, fileKey)) return fileKey;
  refuseWithoutKey(file, encryption, keys);
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  if (encryption === 'passphrase') decrypter.addIdentity(scryptIdentity(file, keys));
  else for (const identity of keys.identities) decrypter.addIdentity(identity);
  try {
    return await decrypter.decryptHeader(bytes);
  } catch (error) {
    if (error instanceof KedgeError) throw error;
    if (isNoMatch(error)) throw noneFits(file, encryption);
    throw damaged(file, 'the header of its encryption has changed', error);
  }
}

/** Source: c2sp.org/age, "Header MAC": over all up to the three dashes. */
function isMadeBy(header: Buffer, fileKey: Uint8Array): boolean {
  const end = header.lastIndexOf('\n--- ') + 4;
  const key = Buffer.from(hkdfSync('sha256', fileKey, '', 'header', 32));
  const mac = createHmac('sha256', key).update(header.subarray(0, end)).digest('base64');
  return header.toString('latin1', end + 1) === `${mac.replaceAll('=', '')}\n`;
}

function refuseWithoutKey({ path }: RangedReader, encryption: Encryption, keys: Keys): void {
  if (encryption === 'passphrase') {
    if (keys.passphrase === undefined) throw new KedgeError('passphrase-missing', { path });
  } else if (keys.identities.length === 0) {
    throw new KedgeError('key-missing', { path, why: 'there is no key here' });
  }
}

/** What age-encryption says when no key opened any of the stanzas; it has no code for it. */
function isNoMatch(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('no identity matched');
}

function noneFits({ path }: RangedReader, encryption: Encryption): KedgeError {
  return encryption === 'passphrase'
    ? new KedgeError('passphrase-wrong', { path })
    : new KedgeError('key-missing', { path, why: 'no key that is here opens it' });
}

function scryptIdentity(file: RangedReader, { passphrase = '' }: Keys): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const [stanza] = stanzas;
      const [kind, salt, factor] = stanza?.args ?? [];
      if (stanza === undefined || stanzas.length !== 1 || kind !== 'scrypt') {
        throw damaged(file, 'its passphrase does not stand alone in its header');
      }
      if (!/^[1-9]\d*$/.test(factor ?? '') || stanza.body.length !== 32) {
        throw damaged(file, 'the header of its encryption has changed');
      }
      if (Number(factor) > workFactor) {
        throw notOurs(
          file,
          `its passphrase takes 2^${factor} rounds, and 2^${workFactor} are allowed`,
        );
      }
      const wrapped = { salt: Buffer.from(salt ?? '', 'base64'), body: Buffer.from(stanza.body) };
      return (await unwrapByPassphrase(wrapped, Number(factor), passphrase)) ?? null;
    },
  };
}
