/**
 * Run by sh with: record path, instance, start time in ms, and the service's argv. It writes down who it is
 * (pid and start ticks stay the same across exec), says so on descriptor 3, and becomes the service only at
 * the word "go": if the daemon dies before, the read ends and nothing was started.
 */
export const launchScript = `
record=$1 instance=$2 startedAt=$3
shift 3
read -r boot < /proc/sys/kernel/random/boot_id || exit 97
read -r stat < "/proc/$$/stat" || exit 97
fields=\${stat##*) }
ticks=$(set -f; set -- $fields; printf %s "\${20}")
printf '{"pid":%s,"startTicks":"%s","bootId":"%s","instance":"%s","startedAtMs":%s}\\n' \\
  "$$" "$ticks" "$boot" "$instance" "$startedAt" > "$record.tmp" || exit 97
PATH="/usr/bin:/bin:$PATH" mv -f -- "$record.tmp" "$record" || exit 97
printf 'ready\\n' >&3
read -r answer <&3 || exit 98
[ "$answer" = go ] || exit 98
exec 3>&-
exec "$@"
`;
