import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { KedgeError } from '../../protocol/failures.ts';
import { latinDigits } from '../texts/typed-date.ts';
import type { Arguments } from './command.ts';

/** The text given for an argument; undefined when none, or only blanks. */
export function textOf(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || typeof value === 'boolean') return undefined;
  const text = String(value).trim();
  return text === '' ? undefined : text;
}

export function requiredText(args: Arguments, name: string): string {
  const text = textOf(args, name);
  if (text === undefined) throw new KedgeError('bad-argument', { what: name, problem: 'missing' });
  return text;
}

export function flagOf(args: Arguments, name: string): boolean {
  return args[name] === true;
}

/** A whole number of at least `least`. */
export function numberOf(args: Arguments, name: string, preset: number, least = 1): number {
  const text = textOf(args, name);
  if (text === undefined) return preset;
  const value = Number(latinDigits(text));
  if (Number.isSafeInteger(value) && value >= least) return value;
  const problem = `"${text}" is not a whole number from ${least} up`;
  throw new KedgeError('bad-argument', { what: name, problem });
}

export function listOf(args: Arguments, name: string): readonly string[] {
  const value = args[name];
  if (Array.isArray(value)) return value;
  const text = textOf(args, name);
  return text === undefined ? [] : [text];
}

/** A path that a person typed, made absolute; `~` is the home folder. */
export function absolutePath(text: string): string {
  if (text === '~' || text.startsWith('~/')) return join(homedir(), text.slice(1));
  return resolve(text);
}
