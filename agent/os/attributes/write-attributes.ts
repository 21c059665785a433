import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { beforeOperation } from '../faults.ts';
import { type Attribute, accessAcl, defaultAcl } from './attribute.ts';
import { type DumpedPath, encodeDump } from './attribute-dump.ts';
import { readAttributes } from './read-attributes.ts';
import { runTool } from './run-tool.ts';

const run = promisify(execFile);

/** An attribute that a file did not take. */
export interface RefusedAttribute {
  readonly path: Buffer;
  readonly name: string;
  readonly reason: string;
}

const outputLimit = 1 << 20;

/** Sets extended attributes, of symlinks their own. What can't be set is answered, not thrown. */
export async function writeAttributes(
  entries: readonly DumpedPath[],
  signal: AbortSignal,
): Promise<readonly RefusedAttribute[]> {
  const [first] = entries;
  if (first === undefined) return [];
  beforeOperation('attributes', first.path.toString());
  const input = Buffer.concat(entries.map((entry) => encodeDump(aclsLast(entry))));
  const end = await runTool(['setfattr', '-h', '--restore=-'], input, outputLimit, signal);
  if (end.kind === 'ended' && end.code === 0) return [];
  if (end.kind === 'unusable')
    return await findRefused(entries, `setfattr ${end.why}`, new Map(), signal);
  const errors = end.kind === 'ended' ? reasonsIn(end.errors) : new Map<string, string>();
  return await findRefused(entries, 'the file system did not keep it', errors, signal);
}

/** An ACL sets the mode too, after which its owner may not be allowed to set another attribute. */
function aclsLast({ path, attributes }: DumpedPath): DumpedPath {
  const isAcl = ({ name }: Attribute) => [accessAcl, defaultAcl].includes(name.toString());
  return {
    path,
    attributes: [...attributes.filter((one) => !isAcl(one)), ...attributes.filter(isAcl)],
  };
}

/** Lines are `setfattr: <path>: <reason>` and do not say which attribute it was. */
function reasonsIn(errors: string): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  for (const line of errors.split('\n')) {
    const [, path, reason] = /^setfattr: (.*): ([^:]*)$/.exec(line) ?? [];
    if (path !== undefined && reason !== undefined) reasons.set(path, reason);
  }
  return reasons;
}

/** Reads all again: what is not there as it should be was refused. */
async function findRefused(
  entries: readonly DumpedPath[],
  otherwise: string,
  reasons: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<readonly RefusedAttribute[]> {
  const paths = entries.map(({ path }) => path);
  const read = await readAttributes(paths, signal);
  return entries.flatMap(({ path, attributes }) => {
    const key = path.toString('latin1');
    const set = typeof read === 'string' ? [] : (read.attributes.get(key) ?? []);
    const isSet = ({ name, value }: Attribute) =>
      set.some((one) => one.name.equals(name) && one.value.equals(value));
    const missing = attributes.filter((one) => !isSet(one));
    return refused(path, missing, reasons.get(key) ?? otherwise);
  });
}

function refused(path: Buffer, attributes: readonly Attribute[], reason: string) {
  return attributes.map(({ name }) => ({ path, name: name.toString(), reason }));
}

/**
 * What is made in a folder with a default ACL inherits it: takes that from a new file or folder, and so from all
 * that will be made in it. Answers what could not be taken away. Does nothing where the tools are not installed.
 */
export async function dropInheritedAcls(
  path: string,
  signal: AbortSignal,
): Promise<readonly RefusedAttribute[]> {
  const parent = await aclsOf(Buffer.from(dirname(path)), signal);
  if (!parent?.includes(defaultAcl)) return [];
  beforeOperation('attributes', path);
  const reasons = new Map<string, string>();
  // A file has no default ACL, and an access ACL only where its parent's names somebody.
  for (const name of [defaultAcl, accessAcl]) {
    await run('setfattr', ['-h', '-x', name, '--', path]).catch((error: unknown) => {
      reasons.set(name, lastWordsOf(error));
    });
  }
  if (reasons.size === 0) return [];
  const left = await aclsOf(Buffer.from(path), signal);
  return [...reasons]
    .filter(([name]) => left?.includes(name) ?? true)
    .map(([name, reason]) => ({ path: Buffer.from(path), name, reason }));
}

/** Undefined where they can't be read. */
async function aclsOf(path: Buffer, signal: AbortSignal): Promise<readonly string[] | undefined> {
  const read = await readAttributes([path], signal);
  if (typeof read === 'string' || read.problems.size > 0) return undefined;
  return (read.attributes.get(path.toString('latin1')) ?? []).map(({ name }) => name.toString());
}

/** Of `setfattr: <path>: <reason>` the reason. */
function lastWordsOf(error: unknown): string {
  const { message } = error instanceof Error ? error : new Error(String(error));
  return message.trim().split(': ').at(-1) ?? message;
}
