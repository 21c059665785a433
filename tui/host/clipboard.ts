/** OSC 52: the terminal's own clipboard, over SSH too. Terminals that don't know it ignore it. */
export function copySequence(text: string): string {
  return `\u001B]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
}
