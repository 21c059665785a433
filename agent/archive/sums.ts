/**
 * A line of SHA256SUMS with its newline, as sha256sum of coreutils 9 writes and checks it: a name with
 * newline, CR or backslash is escaped and the line begins with a backslash.
 */
export function sumsLine(sha256: string, name: Buffer): Buffer {
  const escaped = escapeName(name);
  const mark = escaped.length === name.length ? '' : '\\';
  return Buffer.concat([Buffer.from(`${mark}${sha256}  `), escaped, Buffer.from('\n')]);
}

function escapeName(name: Buffer): Buffer {
  // latin1 keeps every byte as it is.
  const escaped = name
    .toString('latin1')
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return Buffer.from(escaped, 'latin1');
}
