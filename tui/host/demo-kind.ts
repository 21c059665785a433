import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether the demo in a folder has its database in a PostgreSQL server; undefined: there is no demo. */
export function isDemoInServer(home: string): boolean | undefined {
  try {
    const marker: unknown = JSON.parse(readFileSync(join(home, 'kedge-demo.json'), 'utf8'));
    return Reflect.get(Object(marker), 'database') === 'postgres';
  } catch {
    return undefined;
  }
}
