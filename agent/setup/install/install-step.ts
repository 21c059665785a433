import type { InstallStep } from '../../../protocol/domain/install.ts';

/** One change of this machine, as data. `owner`: a user and the group of its name; absent: root. */
export type Step =
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'user'; readonly name: string; readonly home: string; readonly group: boolean }
  | {
      readonly kind: 'folder';
      readonly path: string;
      readonly mode: number;
      readonly owner?: string;
    }
  /** Copies a program's folder, whose files the sums list. */
  | {
      readonly kind: 'program';
      readonly from: string;
      readonly to: string;
      readonly sums: string;
    }
  /** `keptAs`: what lies there is somebody's and is renamed to this first. */
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly text: string;
      readonly mode: number;
      readonly owner?: string;
      readonly keptAs?: string;
    }
  | {
      readonly kind: 'link';
      readonly path: string;
      readonly target: string;
      readonly keptAs?: string;
    }
  | { readonly kind: 'remove'; readonly path: string; readonly keptAs?: string }
  | { readonly kind: 'remove-tree'; readonly path: string }
  /** A folder that goes if nothing is left in it. */
  | { readonly kind: 'remove-empty'; readonly path: string }
  | { readonly kind: 'command'; readonly argv: readonly string[] }
  /** Through this launcher, which may be an older one than ours. */
  | { readonly kind: 'wait-idle'; readonly launcher: string; readonly seconds: number }
  | { readonly kind: 'save-state'; readonly from: string; readonly to: string }
  | { readonly kind: 'healthy'; readonly launcher: string; readonly seconds: number };

export interface ReasonedStep {
  readonly step: Step;
  readonly reason: string;
}

const longestShown = 8_000;

/** For people. */
export function wordStep({ step, reason }: ReasonedStep): InstallStep {
  const what = wordsOf(step);
  // What only its owner may read is not for a screen or a log, and a whole manual is too long for one.
  const isOpen = step.kind === 'file' && step.mode === 0o644 && step.text.length < longestShown;
  return isOpen ? { what, reason, text: step.text } : { what, reason };
}

function wordsOf(step: Step): string {
  switch (step.kind) {
    case 'group':
      return `group ${step.name}`;
    case 'user':
      return `system user ${step.name}, who can not log in`;
    case 'folder':
      return `folder ${step.path} (${access(step)})`;
    case 'program':
      return `program ${step.to}, ${step.sums.trimEnd().split('\n').length} files of ${step.from}`;
    case 'file':
      return `file ${step.path} (${access(step)})${kept(step)}`;
    case 'link':
      return `link ${step.path} -> ${step.target}${kept(step)}`;
    case 'remove':
      return step.keptAs === undefined
        ? `remove ${step.path}`
        : `move ${step.path} to ${step.keptAs}`;
    case 'remove-tree':
      return `remove ${step.path} with all in it`;
    case 'remove-empty':
      return `remove ${step.path} if it is empty`;
    case 'command':
      return `run ${step.argv.join(' ')}`;
    case 'wait-idle':
      return `wait until no job runs, ${step.seconds} s at most`;
    case 'save-state':
      return `copy ${step.from} to ${step.to}`;
    case 'healthy':
      return `wait until Kedge is ready and answers, ${step.seconds} s at most`;
    default:
      return step satisfies never;
  }
}

function access({ mode, owner = 'root' }: { mode: number; owner?: string }): string {
  return `${mode.toString(8).padStart(4, '0')} ${owner}`;
}

function kept({ keptAs }: { keptAs?: string }): string {
  return keptAs === undefined ? '' : `; what is there now is kept as ${keptAs}`;
}
