import * as z from 'zod';

/** An X25519 recipient as `age-keygen` prints it. That it is one with a secret key is proven, not parsed. */
const recipient = /^age1[02-9ac-hj-np-z]{58}$/;

export const EncryptionSettings = z
  .object({
    recoveryKey: z.string().regex(recipient, 'this is no age recipient (age1...)').meta({
      title: 'Recovery key',
      description:
        'The public half, age1... It counts once the secret half was typed back: kedge key check.',
    }),
    writeOnly: z.boolean().optional().meta({
      title: 'Write only',
      description:
        'Nothing on this server can read its backups: no browsing and no restore without the recovery key.',
    }),
  })
  .strict()
  .meta({ title: 'Encryption' });
export type EncryptionSettings = z.infer<typeof EncryptionSettings>;
