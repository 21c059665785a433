import type { ArchiveIdentity } from './archive-writer.ts';

/** `.kedge/README.txt`: what this file is and how to get the data back without Kedge. */
export function readmeText(identity: ArchiveIdentity): string {
  const capturedAt = new Date(Number(identity.capturedAtNs / 1_000_000n)).toISOString();
  const { base } = identity;
  return base === undefined
    ? fullText(identity, capturedAt)
    : differentialText(identity, capturedAt, base);
}

function fullText(identity: ArchiveIdentity, capturedAt: string): string {
  return `${headOf(identity, capturedAt)}
This is a plain tar, compressed with zstd. To get everything back without Kedge,
on a Linux with tar, zstd and coreutils 9 or newer, in an empty folder:

    tar --zstd -xf FILE
    sha256sum --quiet -c .kedge/SHA256SUMS

The second command proves every file and prints nothing when all are sound.
As root add -p --numeric-owner to the first to get owners and modes back.
${placesText}
.kedge/pages holds hashes of database pages for later differentials.
.kedge/index is what Kedge reads: one JSON object a line.
`;
}

function differentialText(
  identity: ArchiveIdentity,
  capturedAt: string,
  base: NonNullable<ArchiveIdentity['base']>,
): string {
  return `${headOf(identity, capturedAt)}
THIS IS A DIFFERENTIAL. It holds what changed since a full, which it needs:

    ${base.fileName}
    (backup ${base.id})

    kedge restore run FILE

finds that full beside it, under any name, and brings everything back.

Without Kedge, on a Linux with tar, zstd and coreutils 9 or newer, in an empty
folder, the full first and this one over it:

    tar --zstd -xf ${base.fileName}
    tar --zstd -xf FILE
    sha256sum --quiet -c .kedge/SHA256SUMS

brings back all files but those that are stored as differences: databases and
other files of 1 MiB or more that changed. They still are as in the full, and
the last command names each of them as FAILED. Files that are gone since the
full are still there: .kedge/index names them in its lines that begin with
{"removed". How the differences are read stands in Kedge's format document,
agent/archive/README.md; some 150 lines of Python do it.
${placesText}
.kedge/index is what Kedge reads: one JSON object a line.
`;
}

const placesText = `
Each folder beside .kedge is one source; .kedge/application.jsonc says where it
was: a database, a folder of uploads, settings. Stop the application before you
put its data back. Before a restored SQLite database is put in place, remove
what is left of the old one, its -wal, -shm and -journal files.
`;

function headOf(identity: ArchiveIdentity, capturedAt: string): string {
  const { application } = identity;
  return `Backup of ${application.name} (${application.id}), made by Kedge ${identity.toolVersion}

Captured ${capturedAt} (zone ${identity.zone}) on host ${identity.host}
Backup ${identity.backupId}, ${identity.kind}
`;
}
