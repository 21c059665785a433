import { isUtf8 } from 'node:buffer';
import * as z from 'zod';

/** Base64 of bytes that are not UTF-8. */
export const bytes = z
  .string()
  .regex(/^[A-Za-z0-9+/]*={0,2}$/)
  .transform((encoded) => Buffer.from(encoded, 'base64'));

export const text = z.string().transform((value) => Buffer.from(value));

/** Bytes as text where they are UTF-8, else as base64 under the key with `B64` added. */
export function textOrBytes(
  key: 'name' | 'link' | 'removed',
  value: Buffer,
): {
  readonly [key in 'name' | 'link' | 'removed' | 'nameB64' | 'linkB64' | 'removedB64']?: string;
} {
  return isUtf8(value) ? { [key]: value.toString() } : { [`${key}B64`]: value.toString('base64') };
}
