import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const stretch = promisify(pbkdf2);
/** PostgreSQL's default is 4096; a server that asks for more than this only wants to keep a processor busy. */
const mostIterations = 1_000_000;

/** What a login by SCRAM-SHA-256 sends; `finish` proves that the server knows the password too. */
export interface Scram {
  readonly first: string;
  answer(serverFirst: string): Promise<string>;
  finish(serverFinal: string): void;
}

/** Source: RFC 5802 and RFC 7677, without channel binding. */
export function scram(password: string): Scram {
  const bare = `n=,r=${randomBytes(18).toString('base64')}`;
  let expected = Buffer.alloc(0);
  return {
    first: `n,,${bare}`,
    async answer(serverFirst) {
      const { r: nonce = '', s: salt = '', i: iterations = '' } = fieldsOf(serverFirst);
      const rounds = Number(iterations);
      if (
        !nonce.startsWith(bare.slice('n=,r='.length)) ||
        !(rounds > 0 && rounds <= mostIterations)
      )
        throw new Error('its part of the SCRAM login makes no sense');
      const text = password.normalize('NFKC');
      const salted = await stretch(text, Buffer.from(salt, 'base64'), rounds, 32, 'sha256');
      const key = hmac(salted, 'Client Key');
      const withoutProof = `c=biws,r=${nonce}`;
      const exchanged = `${bare},${serverFirst},${withoutProof}`;
      const signature = hmac(createHash('sha256').update(key).digest(), exchanged);
      expected = hmac(hmac(salted, 'Server Key'), exchanged);
      const proof = key.map((byte, at) => byte ^ (signature[at] ?? 0));
      return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`;
    },
    finish(serverFinal) {
      const proof = Buffer.from(fieldsOf(serverFinal)['v'] ?? '', 'base64');
      if (
        expected.length === 0 ||
        proof.length !== expected.length ||
        !timingSafeEqual(proof, expected)
      )
        throw new Error('it does not know the password itself, so it is not the server meant');
    },
  };
}

function hmac(key: Uint8Array, text: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHmac('sha256', key).update(text).digest());
}

/** "r=abc,s=def,i=4096" */
function fieldsOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(text.split(',').map((field) => [field.slice(0, 1), field.slice(2)]));
}
