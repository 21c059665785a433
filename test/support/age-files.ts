import { ageOutput } from '../../agent/archive/age/age-output.ts';
import type { Lock } from '../../agent/archive/age/lock.ts';
import { fileOutput } from '../../agent/archive/archive-output.ts';
import { createFile } from '../../agent/os/files.ts';

/** Key pairs for tests. They stand in a public file and protect nothing. */
export const serverKey = {
  secret: 'AGE-SECRET-KEY-14X8UY4XDCLCZVQWAFCSCMWT3K4G2XUJM62ELADFPAJQFSRZDDTPQWZUYTQ',
  recipient: 'age1sanxunl04hm0mf4qduhn5cu6ejlqfsm4lfdrjlpa696qf326vefqq5skvh',
} as const;
export const recoveryKey = {
  secret: 'AGE-SECRET-KEY-13MPJJH3CPZ3AWLE0GYYZY9LK3LX9K2DKX5GN3HQXDVLQS95HV39Q0PWMCL',
  recipient: 'age1r739zxhjnzafem7xjtg2tfmw09h3xhufq6dcecl3uykgl2dl6qxq5k8xq8',
} as const;
export const strangersKey = {
  secret: 'AGE-SECRET-KEY-1G4JD0XNPZYHELCXJYN5Z9CJ4Q0VAS2N2FMM7MZ0VGAGJZXWWLV4SV0Z472',
  recipient: 'age1jr7kkrm9mxstkgs86sdjquxwuxzwpadtj95vam8syxl4m6q6p37s44pv5n',
} as const;

export const samplePassphrase = 'a passphrase for tests';

export const bothKeys: Lock = {
  kind: 'recipients',
  recipients: [serverKey.recipient, recoveryKey.recipient],
};

/** Encrypts bytes as an archive is encrypted; given in pieces of `pieceBytes`. */
export async function writeAgeFile(
  path: string,
  content: Buffer,
  lock: Lock,
  pieceBytes = 1 << 20,
): Promise<void> {
  await using file = await createFile(path);
  const output = await ageOutput(fileOutput(file, path), lock);
  for (let at = 0; at < content.length; at += pieceBytes) {
    await output.append(content.subarray(at, at + pieceBytes));
  }
  await output.finish();
}
