import type { Keybinding } from './keybinding.ts';

/**
 * Bindings as the text of a keybindings.json, one a line, to copy from. `titleOf`: what stands as a comment behind
 * each.
 */
export function keybindingsText(
  head: readonly string[],
  bindings: readonly Keybinding[],
  titleOf: (binding: Keybinding) => string,
  foot: readonly string[] = [],
): string {
  const rows = bindings.map((binding) => `  ${ruleText(binding)}, // ${titleOf(binding)}`);
  const said = (words: readonly string[]) => words.map((row) => `// ${row}`);
  return `${[...said(head), '[', ...rows, ']', ...said(foot)].join('\n')}\n`;
}

function ruleText({ key, command, when, args }: Keybinding): string {
  const pairs = { key, command, when, args };
  const written = Object.entries(pairs).flatMap(([name, value]) =>
    value === undefined ? [] : `"${name}": ${JSON.stringify(value)}`,
  );
  return `{ ${written.join(', ')} }`;
}
