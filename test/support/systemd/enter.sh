#!/bin/bash
# Inside the new namespaces: makes the root, changes into it and becomes systemd. Started by boot.sh.
set -eu
folder=$1 repository=$2
top=$folder/m
mkdir "$top"
mount -t tmpfs -o size=1g tmpfs "$top"
mkdir "$top/upper" "$top/work" "$top/root"
root=$top/root
mount -t overlay overlay -o "lowerdir=/,upperdir=$top/upper,workdir=$top/work" "$root"
cd "$root"

mount -t proc proc proc
mount -o bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
  touch "dev/$device"
  mount -o bind "/dev/$device" "dev/$device"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts dev/pts
ln -s pts/ptmx dev/ptmx
mount -t tmpfs tmpfs dev/shm
mount -t tmpfs -o mode=755 tmpfs run
# The repository may lie on a mount of its own, which an overlay does not show.
mkdir -p ".$repository"
mount --bind "$repository" ".$repository"
mount --bind "$folder" mnt

# Nothing of this machine is started, only what the test brings, the bus and the journal.
rm -rf etc/systemd/system
rm -rf usr/lib/systemd/system/{sysinit,multi-user,basic,sockets,timers,graphical,local-fs}.target.wants
mkdir -p etc/systemd/system/{multi-user,sockets,sysinit}.target.wants etc/systemd/journald.conf.d
cp -r "$folder/units/." etc/systemd/system/
for socket in dbus.socket systemd-journald.socket systemd-journald-dev-log.socket; do
  ln -s "/lib/systemd/system/$socket" etc/systemd/system/sockets.target.wants/
done
ln -s /lib/systemd/system/systemd-journald.service etc/systemd/system/sysinit.target.wants/
printf '[Journal]\nStorage=volatile\n' > etc/systemd/journald.conf.d/kedge.conf
echo kedge-test > etc/hostname
: > etc/machine-id
chroot "$root" useradd -r -s /usr/sbin/nologin -G systemd-journal kedge
mkdir -p etc/polkit-1/rules.d
cp "$folder/rules" etc/polkit-1/rules.d/50-kedge.rules

mkdir -p old
pivot_root . old
umount -l /old
exec env -i container=kedge PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  setpriv --bounding-set=-sys_boot,-sys_time,-sys_module,-sys_rawio \
  /lib/systemd/systemd --system --unit=multi-user.target --log-target=journal --show-status=no
