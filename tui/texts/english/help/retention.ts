import type { HelpTopicText } from './help-topic.ts';

export const retention: HelpTopicText = {
  title: 'What stays, what goes',
  body: `
Nothing is deleted until a rule says so.

  kedge schedule set nightly --delete-older-than '30 days' --keep last=7,weekly=4,monthly=12
  kedge retention preview
  kedge retention run

- "delete older than" lets go what is older
- "keep" names what stays although it is: the last so many, and the newest of each day, week, month, year
- "maxBytes" of a destination takes the oldest until the others fit

The preview says of every backup whether it stays or goes, why, and until when.

## Never by a rule
The newest good full, a full that a differential still needs, what is pinned, made by hand, a checkpoint, in use, of
another installation, or not yet in the second destination. Nothing goes while the last run failed, a destination is
offline, or for a day after the clock was set.

## The trash
What goes lies in the trash of its destination for 7 days ("trashDays").

  kedge trash list
  kedge trash restore 0f3a9c1e
  kedge trash empty

## Pins
  kedge backup pin latest --reason 'end of the year'
  kedge backup unpin ID

## Moved or cloned machines
Kedge notices that it runs on another machine, deletes nothing by a rule, and asks: kedge installation moved, or kedge
installation copy.
`,
};
