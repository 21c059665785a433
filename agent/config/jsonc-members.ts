import type { Node } from 'jsonc-parser';
import { printJson } from './print-json.ts';

interface NewMember {
  /** Of an object. */
  readonly key?: string;
  readonly value: unknown;
}

/** Puts a member before the one at `place` of an object or list, on a line of its own where the others have one. */
export function insertMember(text: string, parent: Node, place: number, member: NewMember): string {
  const { children = [] } = parent;
  const next = children[place];
  const last = children.at(-1);
  if (last === undefined) return insertOnly(text, parent, member);
  const beside = next ?? last;
  const ownLine = startsLine(text, beside.offset);
  const indent = indentAt(text, beside.offset);
  const printed = print(member, indent);
  if (next !== undefined) {
    const at = ownLine ? lineStart(text, withComments(text, parent, place)) : next.offset;
    return ownLine
      ? `${text.slice(0, at)}${indent}${printed},\n${text.slice(at)}`
      : `${text.slice(0, at)}${printed}, ${text.slice(at)}`;
  }
  const end = endOf(last);
  const comma = commaAfter(text, end, endOf(parent) - 1);
  if (!ownLine) {
    const at = comma ?? end;
    return `${text.slice(0, at)}, ${printed}${text.slice(at)}`;
  }
  // What is said behind the last one stays with it.
  const said = restOfLine(text, comma === undefined ? end : comma + 1) ?? end;
  const line = `\n${indent}${printed}`;
  return comma === undefined
    ? `${text.slice(0, end)},${text.slice(end, said)}${line}${text.slice(said)}`
    : `${text.slice(0, said)}${line},${text.slice(said)}`;
}

function insertOnly(text: string, parent: Node, member: NewMember): string {
  const indent = indentAt(text, parent.offset);
  const inner = `${indent}  `;
  const close = endOf(parent) - 1;
  const closing = lineStart(text, close);
  const ownLine = closing > parent.offset && startsLine(text, close);
  // Comments between the brackets stay above it.
  return ownLine
    ? `${text.slice(0, closing)}${inner}${print(member, inner)}\n${text.slice(closing)}`
    : `${text.slice(0, close)}\n${inner}${print(member, inner)}\n${indent}${text.slice(close)}`;
}

/** Takes a member out, with the comments on the lines above it and behind it on its own. */
export function removeMember(text: string, member: Node): string {
  const { parent } = member;
  const { children = [] } = parent ?? {};
  const place = children.indexOf(member);
  if (parent === undefined || place < 0) return text;
  const end = endOf(member);
  const comma = commaAfter(text, end, endOf(parent) - 1);
  const rest = restOfLine(text, comma === undefined ? end : comma + 1);
  const previous = children[place - 1];
  const next = children[place + 1];
  // The one before becomes the last, and needs no comma behind it any more.
  const freed =
    comma === undefined && previous !== undefined
      ? commaAfter(text, endOf(previous), member.offset)
      : undefined;
  const start = lineStart(text, withComments(text, parent, place));
  if (rest !== undefined && startsLine(text, member.offset)) {
    return cut(cut(text, start, rest + 1), freed ?? 0, freed === undefined ? 0 : freed + 1);
  }
  if (next !== undefined) return cut(text, member.offset, next.offset);
  return cut(text, previous === undefined ? member.offset : endOf(previous), end);
}

function cut(text: string, from: number, to: number): string {
  return text.slice(0, from) + text.slice(to);
}

function print({ key, value }: NewMember, indent: string): string {
  const printed = printJson(value, indent);
  return key === undefined ? printed : `${JSON.stringify(key)}: ${printed}`;
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

/** Where the comma stands, behind blanks and comments before `until`; undefined: there is none. */
function commaAfter(text: string, from: number, until: number): number | undefined {
  // Each comment to its end and no other way: a ruler of slashes must not take for ever, nor a comma in one count.
  const found = /(?:\s|\/\/.*$|\/\*(?:(?!\*\/)[\s\S])*\*\/)*,/my.exec(text.slice(from, until));
  return found === null ? undefined : from + found[0].length - 1;
}

/** Where the line ends, if nothing but blanks and comments is left of it. */
function restOfLine(text: string, from: number): number | undefined {
  const end = text.indexOf('\n', from);
  if (end < 0) return undefined;
  return /^[ \t]*(\/\*(?:(?!\*\/).)*\*\/[ \t]*)*(\/\/.*)?\r?$/.test(text.slice(from, end))
    ? end
    : undefined;
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function startsLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

/** Blanks at the start of the line. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

/** Where a member begins with the comments that stand on the lines right above it. */
function withComments(text: string, { offset, children = [] }: Node, place: number): number {
  const member = children[place];
  const previous = children[place - 1];
  if (member === undefined) return offset;
  const floor = previous === undefined ? offset + 1 : endOf(previous);
  let start = lineStart(text, member.offset);
  for (;;) {
    const above = lineStart(text, start - 1);
    if (above <= floor || start === 0) return start;
    if (!isComment(text.slice(above, start - 1))) return start;
    start = above;
  }
}

function isComment(line: string): boolean {
  return /^\s*(\/\/.*|\/\*.*|\*.*|.*\*\/)\s*$/.test(line);
}
