/** What names of archives end with; the encrypted ones with both. */
const plain = '.tar.zst';
const encrypted = `${plain}.age`;

export function archiveSuffix(isEncrypted: boolean): string {
  return isEncrypted ? encrypted : plain;
}

/** Hidden ones are archives that are still being written. */
export function isArchiveName(name: string): boolean {
  return !name.startsWith('.') && (name.endsWith(plain) || name.endsWith(encrypted));
}

/** A name in two: what comes in front of the suffix, and the suffix as it is; none: ''. */
export function splitArchiveName(name: string): { readonly stem: string; readonly suffix: string } {
  const suffix = /\.tar\.zst(\.age)?$/i.exec(name)?.[0] ?? '';
  return { stem: name.slice(0, name.length - suffix.length), suffix };
}
