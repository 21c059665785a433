/** What is said to a screen reader, one line after the other. Sentences, as a voice reads them. */
export const aloudTexts = {
  welcome:
    'Kedge, read aloud. Tab goes on, arrows move, Enter acts, Ctrl+L says all again, ? lists the keys, : lists the commands.',
  screen: (name: string) => `Screen ${name}.`,
  panel: (name: string) => `Panel ${name}.`,
  list: (rows: number) => (rows === 1 ? 'List, 1 row.' : `List, ${rows} rows.`),
  columns: (names: string) => `Columns: ${names}.`,
  row: (place: number, rows: number, words: string) => `${place} of ${rows}: ${words}`,
  emptyList: (words: string) => `Empty list. ${words}`,
  field: (label: string) => `Field ${label}: `,
  choice: (label: string, value: string, place: number, count: number) =>
    `Choice ${label}: ${value}, ${place} of ${count}. Left and right change it.`,
  button: (label: string) => `Button ${label}`,
  disabled: (why: string) => `, not now: ${why}`,
  text: (rows: number) => (rows === 1 ? 'Text, 1 line.' : `Text, ${rows} lines.`),
  newLines: (count: number) => `${count} new lines, the last ones:`,
  month: 'Month. Left and right go by days, up and down by weeks.',
  caretAt: (sign: string) => (sign === '' ? 'at the end' : `before "${sign}"`),
  dialog: (title: string) => `Question: ${title}.`,
  dialogButton: (place: number, count: number, label: string) =>
    `Button ${place} of ${count}: ${label}. Enter presses it, Tab goes to the next, Esc cancels.`,
  menu: (title: string, count: number) =>
    `${title}: ${count === 1 ? '1 choice' : `${count} choices`}. Type a number, or a part of a name.`,
  numbered: (place: number, words: string) => `${place}. ${words}`,
  more: (count: number) => `and ${count} more`,
  onItem: (words: string) => `Enter takes: ${words}`,
  notNow: (why: string) => `not now: ${why}`,
  closed: 'Closed.',
  lost: (why: string) => `Kedge is not reachable: ${why}`,
  back: 'Kedge is reachable again.',
  job: (id: number, title: string, words: string) => `Job ${id}, ${title}: ${words}`,
  percent: (value: number) => `${value} percent`,
  service: (id: string, health: string, why: string) => `Service ${id} is ${health}: ${why}`,
  problem: (severity: string, text: string) => `New ${severity}: ${text}`,
  again: 'Say all again',
};
