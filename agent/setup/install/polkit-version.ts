import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const timeoutMs = 5_000;

/** Since when rules see which unit is meant: 0.106; from 121 on it is counted without the zero. */
const oldestMinor = 106;

export interface Polkit {
  readonly version: string;
  readonly hasRules: boolean;
}

/** Undefined: it is not installed. */
export async function findPolkit(): Promise<Polkit | undefined> {
  for (const tool of ['pkaction', 'pkcheck']) {
    const said = await run(tool, ['--version'], { timeout: timeoutMs }).catch(() => undefined);
    const polkit = said === undefined ? undefined : polkitOf(said.stdout);
    if (polkit !== undefined) return polkit;
  }
  return undefined;
}

/** Of what its programs print: "pkaction version 0.105". */
export function polkitOf(said: string): Polkit | undefined {
  const [, version = '', major, minor] = /version ((\d+)(?:\.(\d+))?\S*)/.exec(said) ?? [];
  if (version === '') return undefined;
  const hasRules = Number(major) > 0 || Number(minor ?? 0) >= oldestMinor;
  return { version, hasRules };
}
