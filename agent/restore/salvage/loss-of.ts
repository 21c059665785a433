import type { LossReason } from '../../../protocol/domain/salvage.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { MemberHeader } from '../../archive/member.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import { isUnsafe } from '../../sources/member-path.ts';
import { isDamage } from './indexed-findings.ts';

/** Why a member was not brought back. */
export interface LostMember {
  readonly kind: 'lost';
  readonly reason: LossReason;
  readonly detail?: string;
}

/** What ends one member only; what ends all, such as a full disk, is thrown on. */
export function lossOf(error: unknown, { kind }: MemberHeader): LostMember {
  if (isUnsafe(error)) {
    const isTargetLost = kind === 'hardlink' && !error.message.includes('leads out');
    return isTargetLost
      ? { kind: 'lost', reason: 'damaged', detail: 'the file that it is a second name of is lost' }
      : { kind: 'lost', reason: 'refused', detail: problemOf(error) };
  }
  if (isDamage(error) && error instanceof KedgeError) {
    const reason = error.failure.code === 'base-missing' ? 'full missing' : 'damaged';
    return { kind: 'lost', reason, detail: problemOf(error) };
  }
  if (ofOneName.has(errorCode(error))) {
    return { kind: 'lost', reason: 'refused', detail: errorMessage(error) };
  }
  throw error;
}

export function isOfMetadata(error: unknown): boolean {
  const call = error instanceof Error && 'syscall' in error ? error.syscall : undefined;
  return call === 'lchown' || call === 'chmod' || call === 'lutime';
}

/** Errors of the system about one name or one size. */
const ofOneName: ReadonlySet<string> = new Set([
  'EEXIST',
  'EFBIG',
  'EILSEQ',
  'EINVAL',
  'EISDIR',
  'ELOOP',
  'EMLINK',
  'ENAMETOOLONG',
  'ENOTDIR',
  'EPERM',
]);

function problemOf({ failure, message }: KedgeError): string {
  return String(failure.params['problem'] ?? failure.params['why'] ?? message);
}
