import {
  createCipheriv,
  createDecipheriv,
  randomBytes,
  scrypt as scryptWithCallback,
} from 'node:crypto';
import { promisify } from 'node:util';

const scrypt = promisify<string, Buffer, number, object, Buffer>(scryptWithCallback);

/** 2^18 rounds: most of a second and 256 MiB. It is also the most that a reader does for a file. */
export const workFactor = 18;
const label = 'age-encryption.org/v1/scrypt';
const noNonce = Buffer.alloc(12);

export interface ScryptStanza {
  readonly salt: Buffer;
  readonly body: Buffer;
}

/** The file key wrapped by a passphrase, as age's scrypt recipient does it; off the main thread. */
export async function wrapByPassphrase(
  fileKey: Uint8Array,
  passphrase: string,
): Promise<ScryptStanza> {
  const salt = randomBytes(16);
  const key = await derive(passphrase, salt, workFactor);
  const cipher = createCipheriv('chacha20-poly1305', key, noNonce, { authTagLength: 16 });
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return { salt, body };
}

/** Undefined: another passphrase. The work factor is the caller's to bound. */
export async function unwrapByPassphrase(
  { salt, body }: ScryptStanza,
  factor: number,
  passphrase: string,
): Promise<Buffer | undefined> {
  const key = await derive(passphrase, salt, factor);
  const decipher = createDecipheriv('chacha20-poly1305', key, noNonce, { authTagLength: 16 });
  decipher.setAuthTag(body.subarray(-16));
  try {
    return Buffer.concat([decipher.update(body.subarray(0, -16)), decipher.final()]);
  } catch {
    return undefined;
  }
}

async function derive(passphrase: string, salt: Buffer, factor: number): Promise<Buffer> {
  const N = 2 ** factor;
  const costs = { N, r: 8, p: 1, maxmem: 128 * N * 8 + (1 << 20) };
  return await scrypt(passphrase, Buffer.concat([Buffer.from(label), salt]), 32, costs);
}
