import type { HelpTopicText } from './help-topic.ts';

export const troubleshooting: HelpTopicText = {
  title: 'When something is wrong',
  body: `
  kedge doctor

looks at Kedge, configuration, rights, services, backups, destinations, space, keys, alarms, clock, tools and this
terminal, and says what is bad, why it matters and the command that cures it. It changes nothing and also works where no
Kedge answers.

## Kedge is not reachable (exit code 4)
  systemctl status kedge
  journalctl -u kedge -n 50

Not installed as a service: kedge daemon in another terminal says why it does not start. The interface stays open, shows
what it last knew and tries again by itself.

## A backup failed
Screen 6, Enter on the job: its log and why. After a cure "Retry a job" in the palette, or  kedge job retry 12.

## The disk is full
  kedge space

says what may go and what each gives. Jobs that find no room leave nothing behind.

## A service does not come up
Screen 5 says why and shows its last lines; "R" plans a reset. After a restore that did not become healthy the old state
is back already.

## A backup is damaged
It is refused before anything is touched. Others are listed beside it; what is whole in it comes out with
  kedge backup salvage FILE --to FOLDER

## After a power cut in a restore
Kedge decides from its journal and finishes or takes back, without a question. Until it has, the application's units
stay down.

## The screen looks broken
Resizing the window draws all of it anew. LANG must name UTF-8 for lines to be lines; NO_COLOR=1 takes colours away.

## Help from afar
  kedge support --out /tmp/

packs versions, the configuration without secrets, findings, jobs and logs into one file; its list is shown first.
`,
};
