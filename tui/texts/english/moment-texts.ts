/** Words about moments that a person types. */
export const momentTexts = {
  what: 'moment',
  notUnderstood: 'is no moment that can be understood',
  ahead: 'lies ahead',
  examples:
    'write it as "2026-11-20 14:00", "2026-11-20T14:00+01:00", "yesterday 14:00" or "14:00"',
  eitherOr: 'name either a backup or, with --at, a moment',
} as const;
