import type { HelpTopicText } from './help-topic.ts';

export const alarms: HelpTopicText = {
  title: 'Alarms, reports, metrics',
  body: `
A problem that stays for a minute is an alarm: a run that failed after all its tries, no good backup for one and a half
periods of a schedule, a damaged backup, a failed drill, an ill service, a destination that is offline, a disk that
fills up, a missing key, a clock that jumped. It stands in PROBLEMS and in the status bar until it is cured.

  kedge alarm list
  kedge alarm acknowledge 12
  kedge alarm test

"acknowledge" ("a" in PROBLEMS) says that you have seen it.

## Whom it is told
"alarms.routes" in the configuration: a command, a webhook signed with HMAC, mail by SMTP, or a ping. Each is
told once when an alarm opens and once when it is cured; what fails is tried again for a day and told by the others. A
server that is gone tells nobody: for that there is the ping, whose silence is an alarm at the far end.

"alarm test" tries every route and says what each answered. Secrets are references to a file, a variable or a systemd
credential; they never stand in the configuration themselves.

## Reports and figures
  kedge report --days 30
  kedge report --runbook
  kedge metrics

The metrics are in the text format of Prometheus; "metrics" in the configuration serves them on 127.0.0.1 or writes them
to a file. "viewers" opens a second socket for people who only look.
`,
};
