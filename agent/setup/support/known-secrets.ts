import { findReferences } from '../../config/find-references.ts';
import { resolveSecret } from '../../os/resolve-secret.ts';

/** What the configuration refers to, so that it can be taken out of texts. Whoever gets it forgets it at once. */
export async function knownSecrets(config: unknown): Promise<readonly string[]> {
  const found = await Promise.all(
    findReferences(config).map(
      async ({ reference }) =>
        // One that can't be read now was read by nobody here.
        await resolveSecret(reference).catch(() => ''),
    ),
  );
  return found.filter((secret) => secret !== '');
}
