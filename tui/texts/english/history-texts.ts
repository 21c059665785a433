export const historyTexts = {
  columns: { service: 'SERVICE', days: '7 DAYS', now: 'NOW', since: 'SINCE' },
  changeColumns: { when: 'WHEN', state: 'STATE', why: 'WHY' },
  noChanges: 'No change is known.',
  /** Signs from well to failed, and of what nobody saw. */
  legend: (span: string, [well, between, stopped, ill, failed]: readonly string[], none: string) =>
    `Each sign is the worst in ${span}: ${well} healthy, ${between} starting or stopping, ` +
    `${stopped} stopped, ${ill} ill, ${failed} failed or flapping, ${none} not known.`,
  days: '7 days',
  lastChange: (state: string, when: string, why: string) => `${state} since ${when}: ${why}`,
} as const;
