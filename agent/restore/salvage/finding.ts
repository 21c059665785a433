import type { LossReason } from '../../../protocol/domain/salvage.ts';
import type { MemberHeader } from '../../archive/member.ts';

/** A member whose header is known. */
export interface FoundMember {
  readonly kind: 'member';
  readonly header: MemberHeader;
  /** What the content must hash to, hex; `soft`: only SHA256SUMS says so. Absent: not known. */
  readonly expected?: { readonly sha256: string; readonly soft: boolean };
  /** Why what is lost of it is lost; absent: it is damaged. */
  readonly cutOff?: true;
  /** Bytes in order; a number stands for so many that are lost. May throw damage: then all is lost. */
  content(signal: AbortSignal): AsyncIterable<Buffer | number>;
}

/** What can't be brought back: a member, or a stretch of the file with members that nobody can name. */
export interface Loss {
  readonly kind: 'lost';
  readonly reason: LossReason;
  readonly detail?: string;
  readonly name?: Buffer;
  /** In the archive file, bytes. */
  readonly at?: number;
  readonly bytes?: number;
}

export type Finding = FoundMember | Loss;
