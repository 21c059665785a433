import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The names that the user's own configuration of ssh has for machines, to choose from. Files it includes are not read. */
export function readSshHosts(path = join(homedir(), '.ssh', 'config')): readonly string[] {
  return sshHosts(readOr(path));
}

/** Patterns are no names. */
export function sshHosts(text: string): readonly string[] {
  const names = text.split('\n').flatMap((line) => {
    const [, words] = /^\s*host(?:\s+|\s*=\s*)(.+)$/i.exec(line) ?? [];
    return (
      words
        ?.replace(/\s#.*$/, '')
        .trim()
        .split(/\s+/) ?? []
    );
  });
  const plain = names.map((name) => name.replaceAll('"', ''));
  return [...new Set(plain)].filter((name) => /^[\w][\w.:-]*$/.test(name));
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
