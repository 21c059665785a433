import type { HelpTopicText } from './help-topic.ts';

export const exitCodes: HelpTopicText = {
  title: 'Exit codes and scripts',
  body: `
  0    ok
  1    failed
  2    the command line is wrong
  3    complete with named gaps
  4    Kedge is not reachable
  5    refused
  6    not found
  7    busy, or timed out
  8    a damaged archive, or the full of a differential is missing
  9    rolled back: it is as it was before
  10   no space
  130  cancelled

"kedge checkpoint NAME -- COMMAND" answers with the status of COMMAND, 128 + n after signal n.

## In scripts
--json prints one JSON value on standard output; remarks and progress go to standard error. A failure is
  { "error": { "code", "params", "message", "hint" } }

Codes stay, words may change.

  kedge backup create --json | jq -r .job.state.result.backup.path
  kedge status --json

--detach starts a job and prints its number; kedge job show 12 --follow waits for it. Where a person would be asked,
the option that answers (--yes, --confirm TEXT) must be given: without a terminal nobody is waited for.

The first Ctrl+C asks a job to stop, the second leaves it running.
`,
};
