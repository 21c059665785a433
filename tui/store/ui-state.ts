import type * as z from 'zod';
import type { AuditEntry } from '../../protocol/domain/audit.ts';
import type { BrowseEntry, Estimate } from '../../protocol/domain/backup.ts';
import type { CalendarEntry } from '../../protocol/domain/calendar.ts';
import type { ConfigPath } from '../../protocol/domain/config-change.ts';
import type { DiffEntry } from '../../protocol/domain/diff.ts';
import type { DoctorFinding } from '../../protocol/domain/doctor.ts';
import type { Job, Throughput } from '../../protocol/domain/job.ts';
import type { Report } from '../../protocol/domain/report.ts';
import type { RetentionLine, TrashedBackup } from '../../protocol/domain/retention.ts';
import type { ComingRun, Run, ScheduleSettings } from '../../protocol/domain/schedule.ts';
import type { ServiceHistory } from '../../protocol/domain/service.ts';
import type { LogLine } from '../../protocol/domain/snapshot.ts';
import type { SpacePlace } from '../../protocol/domain/space.ts';
import type { Failure } from '../../protocol/failures.ts';
import type { ConfigProblem } from '../../protocol/methods/config.ts';
import type { KeyStatus } from '../../protocol/methods/key.ts';
import type { BackupDay, BackupMoment } from '../../protocol/methods/moments.ts';
import type { serviceResetPlan } from '../../protocol/methods/service.ts';
import type { spaceHistory } from '../../protocol/methods/space.ts';
import type { Standing } from '../host/standing.ts';
import type { ListViews } from './list-view.ts';
import type { Overlay } from './overlay-state.ts';
import type { ShownLog } from './shown-log.ts';

export const viewIds = [
  'overview',
  'back-up',
  'restore',
  'schedules',
  'services',
  'jobs',
  'destinations',
  'settings',
] as const;
export type ViewId = (typeof viewIds)[number];

export const panelTabs = ['jobs', 'log', 'problems', 'commands'] as const;
export type PanelTab = (typeof panelTabs)[number];

/** What is open in a view instead of its list. */
export type Page =
  | { readonly kind: 'backup'; readonly backup: string }
  /** A folder of a backup; '' holds its sources. */
  | { readonly kind: 'contents'; readonly backup: string; readonly path: string }
  /** `from`: where it was asked for, such as the plan of the whole. */
  | { readonly kind: 'plan'; readonly job: number; readonly from?: Page }
  | { readonly kind: 'restore'; readonly job: number }
  | { readonly kind: 'days' }
  | { readonly kind: 'times'; readonly day: string }
  | { readonly kind: 'undo'; readonly job: number }
  /** Where to unpack, or which part to take, of the plan that `job` made. */
  | { readonly kind: 'folder'; readonly job: number }
  | { readonly kind: 'room'; readonly job: number }
  | { readonly kind: 'part'; readonly job: number; readonly path: string }
  /** Rows of a table; `marked` by their keys as text, `about`: what was last asked for. */
  | {
      readonly kind: 'rows';
      readonly job: number;
      readonly source: string;
      readonly table: string;
      readonly marked: readonly string[];
      readonly about?: string;
    }
  /** The form; `revision` of the configuration and `read`, what stood there of it when it was opened. */
  | {
      readonly kind: 'schedule';
      readonly schedule?: string;
      readonly revision: string;
      readonly read?: ScheduleSettings;
    }
  | { readonly kind: 'schedule-runs'; readonly schedule: string }
  /** `day` is the selected one, "2026-11-21". */
  | { readonly kind: 'calendar'; readonly day: string }
  | {
      readonly kind: 'reset';
      readonly services?: readonly string[];
      readonly sick?: boolean;
      readonly job?: number;
    }
  /** `lines`: in the place of the report that is loaded. */
  | { readonly kind: 'report'; readonly lines?: readonly string[] }
  | { readonly kind: 'service-log'; readonly service: string }
  | { readonly kind: 'space' }
  | { readonly kind: 'retention' }
  | { readonly kind: 'trash' }
  | { readonly kind: 'doctor' }
  | { readonly kind: 'preferences' }
  | { readonly kind: 'config-form' }
  /**
   * An entry of the configuration as it would be: `path` where it is saved, `at` the part of it that is open, `read`
   * what stood there at `revision`; absent: it is new.
   */
  | {
      readonly kind: 'config-entry';
      readonly path: readonly string[];
      readonly at: ConfigPath;
      readonly draft: unknown;
      readonly read?: unknown;
      readonly revision: string;
    }
  | { readonly kind: 'keys' }
  | { readonly kind: 'audit' }
  | { readonly kind: 'job'; readonly job: number };

/** Where a list or a page of text stands. `key` finds the selected row again when rows come and go. */
export interface Place {
  readonly selected: number;
  readonly top: number;
  readonly key?: string;
}

/** A line being typed; `caret` counts UTF-16 units. A choice keeps its value in `text`. */
export interface FieldState {
  readonly text: string;
  readonly caret: number;
}

/** Something asked of Kedge for one page. `about` tells what it was asked for. */
export type Loaded<T> =
  | { readonly kind: 'loading'; readonly about: string }
  | { readonly kind: 'ready'; readonly about: string; readonly value: T }
  | { readonly kind: 'failed'; readonly about: string; readonly failure: Failure };

/** Keys are text that survives being made safe to print. */
export interface ShownRow {
  readonly id: string;
  readonly key?: string;
  readonly cells: readonly string[];
}

/** Rows of a table in a backup, one page after the other. */
export interface ShownRows {
  readonly columns: readonly string[];
  readonly rows: readonly ShownRow[];
  readonly total?: number;
  /** What was searched for, and where that goes on. */
  readonly search: string;
  readonly next?: string;
}

export type ResetPlan = z.infer<typeof serviceResetPlan.result>;

export interface LoadedData {
  /** Of this machine, while no Kedge answers here. */
  readonly standing?: Loaded<Standing>;
  readonly estimate?: Loaded<Estimate>;
  readonly preview?: Loaded<{
    readonly words: string;
    readonly nextMs: readonly number[];
    readonly runs?: readonly ComingRun[] | undefined;
    readonly notes?: readonly string[] | undefined;
  }>;
  /** What retention would do with the settings of the form. */
  readonly retention?: Loaded<readonly RetentionLine[]>;
  /** A month. */
  readonly calendar?: Loaded<readonly CalendarEntry[]>;
  /** The last runs of a schedule, newest first. */
  readonly runs?: Loaded<readonly Run[]>;
  readonly resetPlan?: Loaded<ResetPlan>;
  readonly serviceLog?: Loaded<ShownLog>;
  /** The last lines of the one that is selected. */
  readonly serviceTail?: Loaded<readonly string[]>;
  readonly serviceHistory?: Loaded<ServiceHistory | undefined>;
  /** What it would do now. */
  readonly retentionNow?: Loaded<readonly RetentionLine[]>;
  readonly trash?: Loaded<readonly TrashedBackup[]>;
  readonly space?: Loaded<readonly SpacePlace[]>;
  /** What was stored and how free places were. */
  readonly spaceHistory?: Loaded<z.infer<typeof spaceHistory.result>>;
  /** The last and the next two weeks. */
  readonly strip?: Loaded<readonly CalendarEntry[]>;
  readonly throughput?: Loaded<Throughput | undefined>;
  /** Names that a diff found. */
  readonly diffEntries?: Loaded<readonly DiffEntry[]>;
  /** A folder of the backup whose contents are looked at. */
  readonly contents?: Loaded<{ readonly entries: readonly BrowseEntry[]; readonly total: number }>;
  readonly momentDays?: Loaded<{ readonly days: readonly BackupDay[]; readonly older: boolean }>;
  readonly momentList?: Loaded<readonly BackupMoment[]>;
  /** One folder of a backup. */
  readonly browse?: Loaded<readonly BrowseEntry[]>;
  readonly rows?: Loaded<ShownRows>;
  readonly report?: Loaded<Report>;
  /** Newest first; `more`: there are older ones. */
  readonly audit?: Loaded<{ readonly entries: readonly AuditEntry[]; readonly more: boolean }>;
  readonly doctor?: Loaded<readonly DoctorFinding[]>;
  readonly jobLog?: Loaded<readonly LogLine[]>;
  /** One that the newest ones of the snapshot do not hold any more. */
  readonly job?: Loaded<Job>;
  /** JSON Schema of the configuration. */
  readonly schema?: Loaded<unknown>;
  /** What Kedge says of the entry that is open, as it would be. */
  readonly draft?: Loaded<readonly ConfigProblem[]>;
  readonly keyStatus?: Loaded<KeyStatus>;
  readonly config?: Loaded<{
    readonly path: string;
    /** What the file means, as far as it can be read. */
    readonly values: unknown;
    readonly revision: string;
    readonly problems: readonly ConfigProblem[];
  }>;
}

/** One row of a list, by its key. */
export interface RowChoice {
  readonly list: string;
  readonly key: string;
}

export type ToastTone = 'ok' | 'warning' | 'error' | 'muted';
export interface Toast {
  readonly tone: ToastTone;
  readonly text: string;
  readonly atMs: number;
}

/** What belongs to this window alone. All truth about backups is in Kedge. */
export interface UiState {
  readonly view: ViewId;
  readonly part: 'editor' | 'panel';
  /** Clicks and wheel are ours; off, the terminal selects text by itself. */
  readonly mouse: boolean;
  /** Nothing is changed from here. */
  readonly readOnly: boolean;
  /** Open undefined: as the size of the window suggests. */
  readonly panel: { readonly open?: boolean; readonly tab: PanelTab };
  /** Focused region of each view. */
  readonly focus: Readonly<Partial<Record<ViewId, string>>>;
  readonly pages: Readonly<Partial<Record<ViewId, Page>>>;
  readonly places: Readonly<Record<string, Place>>;
  readonly fields: Readonly<Record<string, FieldState>>;
  readonly lists: ListViews;
  /** The row that a menu was opened for while others are marked: what is chosen there is for it alone. */
  readonly only?: RowChoice;
  /** The list whose filter is being typed. */
  readonly filtering?: string;
  /** Texts that were edited and could not be saved yet, by the command that edits them. */
  readonly drafts: Readonly<Record<string, string>>;
  readonly data: LoadedData;
  readonly overlay?: Overlay;
  /** The card of the tour that is shown. */
  readonly tour?: { readonly step: number };
  readonly toast?: Toast;
  /** What was said, newest last. */
  readonly toasts: readonly Toast[];
  /** Commands that were chosen in the palette, newest first. */
  readonly recent: readonly string[];
  /** First key of a chord that waits for its second. */
  readonly chord?: string;
  /** What may follow it is shown. */
  readonly chordListed?: true;
}

export const initialUiState: UiState = {
  view: 'overview',
  part: 'editor',
  mouse: true,
  readOnly: false,
  panel: { tab: 'jobs' },
  focus: {},
  pages: {},
  places: {},
  fields: {},
  lists: {},
  toasts: [],
  recent: [],
  drafts: {},
  data: {},
};
