/** A new key pair, made in this program: the secret half goes over no wire. Both as age writes them. */
export async function makeRecoveryKey(): Promise<{
  readonly secret: string;
  readonly recoveryKey: string;
}> {
  const { generateX25519Identity, identityToRecipient } = await import('age-encryption');
  const secret = await generateX25519Identity();
  return { secret, recoveryKey: await identityToRecipient(secret) };
}
