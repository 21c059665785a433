import type { SupportFile } from './facts.ts';

export function jsonFile(name: string, what: string, value: unknown): SupportFile {
  return { name, what, text: `${JSON.stringify(value, undefined, 2)}\n` };
}
