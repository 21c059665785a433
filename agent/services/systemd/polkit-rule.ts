/** What Kedge asks of systemd, and nothing else of what "manage-units" covers. */
export const polkitVerbs = ['start', 'stop', 'restart', 'kill', 'reset-failed'] as const;

/** A rule by which `user` may control exactly these units. Needs polkit 0.106 or newer. */
export function polkitRule(user: string, units: readonly string[]): string {
  return `polkit.addRule(function (action, subject) {
  if (action.id !== "org.freedesktop.systemd1.manage-units" || subject.user !== ${JSON.stringify(user)})
    return polkit.Result.NOT_HANDLED;
  var units = ${JSON.stringify(units)};
  var verbs = ${JSON.stringify(polkitVerbs)};
  return units.indexOf(action.lookup("unit")) >= 0 && verbs.indexOf(action.lookup("verb")) >= 0
    ? polkit.Result.YES
    : polkit.Result.NO;
});
`;
}
