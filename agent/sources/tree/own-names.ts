/** Where restores stage and keep undos: `.kedge`, `.kedge-...`. No part of any source. */
export function isOwnName(name: string): boolean {
  return name === '.kedge' || name.startsWith('.kedge-');
}
