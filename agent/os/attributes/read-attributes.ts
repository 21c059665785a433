import type { Attribute } from './attribute.ts';
import { parseDump } from './attribute-dump.ts';
import { runTool, type ToolEnd } from './run-tool.ts';

/** Extended attributes by path as latin1; paths without any are not in it. */
export type AttributesByPath = ReadonlyMap<string, readonly Attribute[]>;

export interface ReadAttributes {
  readonly attributes: AttributesByPath;
  /** Why some of a path could not be read, by path as latin1. */
  readonly problems: ReadonlyMap<string, string>;
}

/** Names come on stdin of xargs, as Node can't pass names that are not UTF-8 as arguments. */
const argv = ['xargs', '-0', '-r', '-s', '1048576'];
const dump = ['getfattr', '-h', '-d', '-m', '-', '-e', 'base64', '--absolute-names', '--'];

/** Bounds memory; what prints more is asked for in halves. */
const outputLimit = 16 << 20;

/** No attributes, nothing there any more, or closed: then the content is missing too, and that is named. */
const harmless: ReadonlySet<string> = new Set([
  'Operation not supported',
  'No such file or directory',
  'Not a directory',
  'No such attribute',
  'No data available',
  'Permission denied',
]);

/**
 * Reads all extended attributes of the paths, of symlinks their own; Node has no call for it. Absolute paths.
 * Answers a text where the tool can't be had.
 */
export async function readAttributes(
  paths: readonly Buffer[],
  signal: AbortSignal,
): Promise<ReadAttributes | string> {
  if (paths.length === 0) return { attributes: new Map(), problems: new Map() };
  const nul = Buffer.alloc(1);
  const input = Buffer.concat(paths.flatMap((path) => [path, nul]));
  const end = await runTool([...argv, ...dump], input, outputLimit, signal);
  switch (end.kind) {
    case 'ended':
      return answerOf(end, paths);
    case 'unusable':
      return `getfattr ${end.why}`;
    case 'too-much':
      return await readHalves(paths, signal);
    default:
      return end satisfies never;
  }
}

function answerOf(end: ToolEnd & { kind: 'ended' }, paths: readonly Buffer[]): ReadAttributes {
  const attributes = new Map<string, readonly Attribute[]>();
  for (const dumped of parseDump(end.output)) {
    attributes.set(dumped.path.toString('latin1'), dumped.attributes);
  }
  return { attributes, problems: end.code === 0 ? new Map() : problemsIn(end.errors, paths) };
}

/** Lines are `getfattr: <path>: <reason>`, and of one attribute `<path>: <attribute>: <reason>`. */
function problemsIn(errors: string, paths: readonly Buffer[]): ReadonlyMap<string, string> {
  const asked = new Set(paths.map((path) => path.toString('latin1')));
  const problems = new Map<string, string>();
  for (const line of errors.split('\n')) {
    const [, subject = '', reason = ''] = /^(?:getfattr: )?(.*): ([^:]*)$/.exec(line) ?? [];
    if (harmless.has(reason)) continue;
    const path = asked.has(subject) ? subject : subject.slice(0, subject.lastIndexOf(': '));
    if (asked.has(path)) problems.set(path, reason);
  }
  return problems;
}

async function readHalves(
  paths: readonly Buffer[],
  signal: AbortSignal,
): Promise<ReadAttributes | string> {
  if (paths.length === 1) {
    const path = paths[0]?.toString('latin1') ?? '';
    return { attributes: new Map(), problems: new Map([[path, 'they are too large']]) };
  }
  const middle = paths.length >> 1;
  const first = await readAttributes(paths.slice(0, middle), signal);
  if (typeof first === 'string') return first;
  const second = await readAttributes(paths.slice(middle), signal);
  if (typeof second === 'string') return second;
  return {
    attributes: new Map([...first.attributes, ...second.attributes]),
    problems: new Map([...first.problems, ...second.problems]),
  };
}
