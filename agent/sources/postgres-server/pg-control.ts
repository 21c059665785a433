import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The number that initdb gave to a server and its copies, u64 in the byte order of the machine; undefined: not to be read. */
export async function systemIdOf(data: string): Promise<string | undefined> {
  const control = await readFile(join(data, 'global/pg_control')).catch(() => undefined);
  return control === undefined || control.length < 8
    ? undefined
    : String(control.readBigUInt64LE(0));
}
