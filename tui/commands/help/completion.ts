import { defineCommand } from '../define-command.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** The command line writes it by itself, from the registry. */
export const completionCommand = defineCommand('completion', {
  cli: ['completion'],
  args: [{ name: 'shell', kind: 'choice', positional: true, required: true, choices: shells }],
  danger: 'none',
  needs: 'nothing',
  examples: ['kedge completion bash', 'kedge completion zsh', 'kedge completion fish'],
  run: async () => ({ kind: 'data', data: {}, lines: [] }),
});
