import { parse } from 'jsonc-parser';
import * as z from 'zod';
import { ownFolder } from '../../archive/member-name.ts';

const Application = z.object({ sources: z.record(z.string(), z.unknown()) });

/** The names of the sources, if this is the application's configuration. */
export function sourcesIn(name: Buffer, content: Buffer): ReadonlySet<string> | undefined {
  if (name.toString('latin1') !== `${ownFolder}application.jsonc`) return undefined;
  const found = Application.safeParse(parse(content.toString()));
  return found.success ? new Set(Object.keys(found.data.sources)) : undefined;
}
