import type { LiveServer } from './read-server.ts';

/** What is not in it without being missing from a file. */
export function captureNotes(source: string, { writesBinaryLog }: LiveServer): readonly string[] {
  if (!writesBinaryLog) return [];
  return [
    `source "${source}": binary logs are not in it; a server that is brought back begins new ones, and its replicas are set up anew`,
  ];
}
