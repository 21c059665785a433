import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { exists } from '../os/files.ts';

/** Where the clinic's database is. */
export type DemoKind = 'sqlite' | 'postgres';

const Marker = z.object({ kedgeDemo: z.literal(1), database: z.literal('postgres').optional() });

/** The marker of a demo's folder. */
export function markerText(kind: DemoKind): string {
  return kind === 'postgres'
    ? '{ "kedgeDemo": 1, "database": "postgres" }\n'
    : '{ "kedgeDemo": 1 }\n';
}

/** Undefined: there is no demo yet. */
export async function readDemoKind(marker: string): Promise<DemoKind | undefined> {
  if (!(await exists(marker))) return undefined;
  return Marker.parse(JSON.parse(await readFile(marker, 'utf8'))).database ?? 'sqlite';
}
