import { getNodeValue, type Node } from 'jsonc-parser';
import * as z from 'zod';
import { type FileFault, faultAt, parseJsonc } from '../host/settings/parse-jsonc.ts';
import { keysOf, parseWhen } from '../store/when.ts';
import { texts } from '../texts/texts.ts';
import { readKey } from './arriving-key.ts';
import type { Keybinding } from './keybinding.ts';

/** One rule of keybindings.json, in the form that VS Code has it. */
export type UserRule =
  | { readonly kind: 'bind'; readonly binding: Keybinding; readonly line: number }
  | {
      readonly kind: 'remove';
      readonly command: string;
      /** Absent: all keys of the command. */
      readonly key?: string;
      readonly when?: string;
      readonly line: number;
    };

export interface UserKeybindings {
  readonly rules: readonly UserRule[];
  readonly faults: readonly FileFault[];
}

/** What rules may name. */
export interface KnownNames {
  readonly commands: ReadonlySet<string>;
  readonly contextKeys: ReadonlySet<string>;
}

const Rule = z.object({
  key: z.string().optional(),
  command: z.string().min(1),
  when: z.string().optional(),
  args: z.record(z.string(), z.unknown()).optional(),
});
type Rule = z.infer<typeof Rule>;

/** Each rule for itself: a wrong one is a fault with its line, the others hold. */
export function parseKeybindings(text: string, known: KnownNames): UserKeybindings {
  const { root, faults } = parseJsonc(text);
  if (root === undefined) return { rules: [], faults };
  if (root.type !== 'array') {
    return {
      rules: [],
      faults: [...faults, faultAt(text, root.offset, texts.fileFaults.notAList)],
    };
  }
  const read = (root.children ?? []).map((node) => readRule(text, node, known));
  return {
    rules: read.flatMap(({ rule }) => rule ?? []),
    faults: [...faults, ...read.flatMap((one) => one.faults)],
  };
}

interface ReadRule {
  readonly rule?: UserRule;
  readonly faults: readonly FileFault[];
}

function readRule(text: string, node: Node, known: KnownNames): ReadRule {
  const place = faultAt(text, node.offset, '');
  const fault = (message: string): FileFault => ({ ...place, message });
  const parsed = Rule.safeParse(getNodeValue(node));
  if (!parsed.success) return { faults: [fault(texts.keybindings.form)] };
  const rule = parsed.data;
  const problem = problemOf(rule, known);
  if (problem !== undefined) return { faults: [fault(problem)] };
  if (rule.key === undefined) return { rule: removal(rule, undefined, place.line), faults: [] };
  const key = readKey(rule.key);
  if (key.kind === 'problem') return { faults: [fault(key.problem)] };
  const read = rule.command.startsWith('-')
    ? removal(rule, key.key, place.line)
    : binding(rule, key.key, place.line);
  return { rule: read, faults: key.note === undefined ? [] : [fault(key.note)] };
}

function problemOf(rule: Rule, known: KnownNames): string | undefined {
  const command = rule.command.replace(/^-/, '');
  if (!known.commands.has(command)) return texts.keybindings.unknownCommand(command);
  if (agreesIn(rule)) return texts.keybindings.consents(command);
  if (rule.key === undefined && !rule.command.startsWith('-')) return texts.keybindings.noKey;
  return rule.when === undefined ? undefined : problemOfWhen(rule.when, known);
}

/** What a dialog adds once a person has agreed or typed a name, and what runs after one question for many rows. */
const agreements: ReadonlySet<string> = new Set([
  'confirm',
  'confirmed',
  'agreed',
  'consent',
  'given',
]);
const afterQuestions: ReadonlySet<string> = new Set(['list.run-all']);

/** A key may ask for anything, but not answer the question for the person. */
function agreesIn(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, of]) =>
      agreements.has(name) ||
      (name === 'command' && afterQuestions.has(String(of))) ||
      agreesIn(of),
  );
}

function problemOfWhen(when: string, known: KnownNames): string | undefined {
  try {
    const strange = keysOf(parseWhen(when)).find((key) => !known.contextKeys.has(key));
    return strange === undefined ? undefined : texts.keybindings.unknownContextKey(strange);
  } catch {
    return texts.keybindings.notACondition(when);
  }
}

function removal(rule: Rule, key: string | undefined, line: number): UserRule {
  return {
    kind: 'remove',
    command: rule.command.slice(1),
    ...(key === undefined ? {} : { key }),
    ...(rule.when === undefined ? {} : { when: rule.when }),
    line,
  };
}

function binding({ command, when, args }: Rule, key: string, line: number): UserRule {
  const optional = {
    ...(when === undefined ? {} : { when }),
    ...(args === undefined ? {} : { args }),
  };
  return { kind: 'bind', binding: { key, command, ...optional }, line };
}

/** The bindings that hold: the rules after the given ones, so that the last one wins. */
export function withRules(
  given: readonly Keybinding[],
  rules: readonly UserRule[],
): readonly Keybinding[] {
  let bindings = given;
  for (const rule of rules) {
    bindings =
      rule.kind === 'bind'
        ? bindings.concat(rule.binding)
        : bindings.filter((one) => !isRemoved(one, rule));
  }
  return bindings;
}

export function isRemoved(
  one: Keybinding,
  { command, key, when }: Extract<UserRule, { kind: 'remove' }>,
): boolean {
  return (
    one.command === command &&
    (key === undefined || one.key === key) &&
    (when === undefined || one.when === when)
  );
}
