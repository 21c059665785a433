import * as z from 'zod';

/** Why a member of a damaged archive was not brought back. */
export const LossReason = z.enum([
  /** Bytes of it have changed or can't be read. */
  'damaged',
  /** The file ends before it. */
  'cut off',
  /** Only the index says what it is made of, and that is lost. */
  'index lost',
  /** It needs the full of this differential, which is not there, damaged or another. */
  'full missing',
  /** Its content is not what the index says. */
  'another content',
  /** Its name or target leads out of the folder, or the file system takes no such name. */
  'refused',
]);
export type LossReason = z.infer<typeof LossReason>;

/** `at` and `bytes`: of the member where it has a name and a part of it was saved, else of the archive file. */
const LostPart = z.object({ at: z.number(), bytes: z.number() });

export const LostMember = z.object({
  /** Absent: a stretch of the file, with members that nobody can name. */
  name: z.string().optional(),
  reason: LossReason,
  detail: z.string().optional(),
  parts: z.array(LostPart).readonly(),
  /** Where the rest of it is: a file of the right size with zeros in place of what is lost. */
  partial: z.string().optional(),
});
export type LostMember = z.infer<typeof LostMember>;

/** What came out of a damaged archive. */
export const SalvageResult = z.object({
  path: z.string(),
  folder: z.string(),
  /** Id of the backup, where its index could be read. */
  backup: z.string().optional(),
  /** `whole`: as it should be; `found`: the end of the file is damaged, the index is not; `lost`. */
  index: z.enum(['whole', 'found', 'lost']),
  /** Members brought back whole, folders included, and their content bytes. */
  members: z.number(),
  bytes: z.number(),
  /** Of their files: proven by the SHA-256 written down at the backup, or by frame checksums only. */
  byHash: z.number(),
  byChecksum: z.number(),
  /** How many are lost, members written in part and stretches that nobody can name included. */
  lostCount: z.number(),
  /** The first 1,000 of them. */
  lost: z.array(LostMember).readonly(),
  notes: z.array(z.string()).readonly(),
  /** JSON Lines: a line for each member, saved or lost. */
  report: z.string(),
});
export type SalvageResult = z.infer<typeof SalvageResult>;
