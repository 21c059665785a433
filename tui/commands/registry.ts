import type { Command } from './command.ts';

/** Every product command, in the order of the help. */
export const productCommands: readonly Command[] = [];

export function findCommand(id: string): Command | undefined {
  return productCommands.find((command) => command.id === id);
}
