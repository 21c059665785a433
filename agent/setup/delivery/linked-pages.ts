import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';

/** A link of Markdown to a file beside it, without the place in that. */
const link = /\]\((?![a-z]+:|#)([^)#\s]+)/g;

/** `page`, and all that it and what it links to lead to, relative to `checkout`, sorted: no link of a delivery is dead. */
export async function linkedPages(checkout: string, page: string): Promise<readonly string[]> {
  const found = new Set([page]);
  // What is added while it goes on is gone through too.
  for (const path of found) {
    if (!path.endsWith('.md')) continue;
    const text = await readFile(join(checkout, path), 'utf8');
    for (const [, to = ''] of text.matchAll(link)) found.add(normalize(join(dirname(path), to)));
  }
  return [...found].sort();
}
