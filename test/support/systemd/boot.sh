#!/bin/bash
# A real systemd as PID 1 of namespaces of its own; its root is an overlay of / whose upper layer is a tmpfs.
# usage: boot.sh FOLDER CGROUP REPOSITORY. FOLDER holds units/ (files, and links in *.wants) and rules.
# Nothing is written outside of FOLDER, CGROUP and the namespaces.
#
# The cgroup comes first: systemd moves every process of its cgroup root into init.scope, and from the root
# cgroup that would be the PID 1 of the machine. /run/systemd/system must not exist outside of the namespaces:
# every program would take the machine for one that systemd has booted.
set -eu
folder=$1 cgroup=$2 repository=$3
mkdir "$cgroup"
echo $$ > "$cgroup/cgroup.procs"
exec unshare --mount --cgroup --pid --uts --ipc --fork --kill-child \
  /bin/bash "$(dirname "$0")/enter.sh" "$folder" "$repository"
