/** In a command to be copied, often behind sudo: one word, whatever is in a path. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
