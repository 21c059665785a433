import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Processes that listen on abstract Unix sockets, by the names of these. As root: of all users. */
export function listenersOf(names: ReadonlySet<string>): ReadonlyMap<string, number> {
  const byInode = inodesOf(names);
  const found = new Map<string, number>();
  if (byInode.size === 0) return found;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    for (const target of openFilesOf(pid)) {
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      const name = inode === undefined ? undefined : byInode.get(inode);
      if (name !== undefined) found.set(name, Number(pid));
    }
  return found;
}

/** A line of the kernel's table ends in the inode and the name, which begins with "@". */
function inodesOf(names: ReadonlySet<string>): ReadonlyMap<string, string> {
  const lines = readFileSync('/proc/net/unix', 'utf8').split('\n');
  return new Map(
    lines.flatMap((line): (readonly [string, string])[] => {
      const [, inode = '', name = ''] = / (\d+) @(\S+)$/.exec(line) ?? [];
      return names.has(name) ? [[inode, name]] : [];
    }),
  );
}

function openFilesOf(pid: string): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
      } catch {
        // Closed since.
        return [];
      }
    });
  } catch {
    // It ended, or is somebody else's.
    return [];
  }
}
