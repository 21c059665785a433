import * as z from 'zod';
import { Failure } from '../failures.ts';
import { mutating, reading } from '../method.ts';
import { windowBytes } from '../transfer.ts';
import { BackupReference, JobStarted, requestId } from './backup.ts';

const bytes = z.int().min(0);
const stream = z.int().min(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Nothing comes before credit was granted. `offset`: what the client has already. */
export const transferOpenDownload = reading(
  'transfer.open-download',
  'admin',
  z.object({ backup: BackupReference, offset: bytes }),
  z.object({
    stream,
    backup: z.string(),
    /** File name of the archive. */
    name: z.string(),
    sizeBytes: bytes,
  }),
);

/**
 * Ends a download. `sha256` is that of the whole archive as it was when it was made or verified; one that
 * Kedge has neither made nor verified is hashed for the answer, which takes as long as reading it.
 */
export const transferFinishDownload = reading(
  'transfer.finish-download',
  'admin',
  z.object({ stream }),
  z.object({ sha256 }),
);

/**
 * Starts an upload, or goes on with one of the same `key` and size that was cut: from `offset`, with
 * `creditBytes` granted. What was uploaded and never finished is removed after a day.
 */
export const transferOpenUpload = mutating(
  'transfer.open-upload',
  'admin',
  z.object({
    requestId,
    /** File name that the archive shall have. */
    name: z.string().min(1).max(255),
    sizeBytes: z.int().min(1),
    /** Names the content, so that the same file finds what is there of it; the client's choice. */
    key: z.string().regex(/^[0-9a-f]{32}$/),
    /** Absent: the first destination of the configuration. */
    store: z.string().optional(),
  }),
  z.object({ stream, offset: bytes, creditBytes: bytes }),
);

/** The job verifies the whole archive, and only then gives it its name and lists it. */
export const transferFinishUpload = mutating(
  'transfer.finish-upload',
  'admin',
  z.object({ requestId, stream, sha256 }),
  JobStarted,
);

/** Ends a stream; of an upload nothing is kept. */
export const transferCancel = mutating(
  'transfer.cancel',
  'admin',
  z.object({ requestId, stream }),
  z.object({}),
);

/** Notification, from whoever receives: so many bytes more may be sent. More than the window is not counted. */
export const transferCredit = {
  name: 'transfer.credit',
  params: z.object({ stream, bytes: z.int().min(1).max(windowBytes) }),
} as const;

/** Notification of Kedge: the stream has ended because of this. */
export const transferFailed = {
  name: 'transfer.failed',
  params: z.object({ stream, failure: Failure }),
} as const;
