import type { ArchiveIdentity } from './archive-writer.ts';

/** `.kedge/README.txt`: what this file is and how to get the data back without Kedge. */
export function readmeText(identity: ArchiveIdentity): string {
  const { application } = identity;
  const capturedAt = new Date(Number(identity.capturedAtNs / 1_000_000n)).toISOString();
  return `Backup of ${application.name} (${application.id}), made by Kedge ${identity.toolVersion}

Captured ${capturedAt} (zone ${identity.zone}) on host ${identity.host}
Backup ${identity.backupId}, ${identity.kind}

This is a plain tar, compressed with zstd. To get everything back without Kedge,
on a Linux with tar, zstd and coreutils 9 or newer, in an empty folder:

    tar --zstd -xf FILE
    sha256sum --quiet -c .kedge/SHA256SUMS

The second command proves every file and prints nothing when all are sound.
As root add -p --numeric-owner to the first to get owners and modes back.

Each folder beside .kedge is one source; .kedge/application.jsonc says where it
was: a database, a folder of uploads, settings. Stop the application before you
put its data back. Before a restored SQLite database is put in place, remove
what is left of the old one, its -wal, -shm and -journal files.

.kedge/pages holds hashes of database pages for later differentials.
.kedge/index is what Kedge reads: one JSON object a line.
`;
}
