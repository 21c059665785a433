import { readFileSync } from 'node:fs';

/** By their bits. Source: capabilities(7). */
const names = {
  chown: 0,
  dac_override: 1,
  dac_read_search: 2,
  fowner: 3,
  fsetid: 4,
} as const;
export type Capability = keyof typeof names;

/** Whether this process may do it now. */
export function hasCapability(name: Capability): boolean {
  return bitsOf('CapEff').includes(names[name]);
}

/** Those that whatever this process starts would have too. */
let inherited: readonly string[] | undefined;

/**
 * The same command without the capabilities that this process passes on: they are for its own work, and never
 * for what others wrote. Where there are none it stays as it is; without setpriv it can't be run.
 * `except`: what a program of the system must have of them to do what it is there for.
 */
export function withoutCapabilities(
  argv: readonly string[],
  except: readonly Capability[] = [],
): readonly string[] {
  inherited ??= bitsOf('CapAmb').map(nameOf);
  const unwanted = inherited.filter((name) => !except.some((kept) => kept === name));
  if (unwanted.length === 0) return argv;
  const dropped = unwanted.map((name) => `-${name}`).join(',');
  // The bounding set may only be cut by who may set any; nothing is gained from it without a setuid program.
  return ['setpriv', `--inh-caps=${dropped}`, `--ambient-caps=${dropped}`, '--', ...argv];
}

function nameOf(bit: number): string {
  return Object.entries(names).find(([, own]) => own === bit)?.[0] ?? `cap_${bit}`;
}

function bitsOf(field: 'CapEff' | 'CapAmb'): readonly number[] {
  const line = readStatus().match(new RegExp(`^${field}:\\s*([0-9a-f]+)$`, 'm'));
  const mask = BigInt(`0x${line?.[1] ?? '0'}`);
  return Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => (mask >> BigInt(bit)) & 1n);
}

function readStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8');
  } catch {
    // Not Linux, or no /proc: then nobody has given any.
    return '';
  }
}
