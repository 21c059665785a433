#!/bin/sh
# A small init script: MODE FOLDER start|stop|status|kill. Exit codes as of the Linux Standard Base.
mode=$1 folder=$2 verb=$3
pidfile=$folder/$mode.pid
pid=$(cat "$pidfile" 2>/dev/null)
# A dead one that nobody has asked for is still in /proc, as a zombie.
alive() { [ -n "$pid" ] && [ -e "/proc/$pid/stat" ] && ! grep -q ') Z ' "/proc/$pid/stat"; }

run() {
  case $mode in
    stubborn)
      trap 'echo not yet' TERM
      echo ready
      while :; do sleep 0.2; done
      ;;
    *)
      echo ready
      exec sleep 1000
      ;;
  esac
}

case $verb in
  start)
    alive && exit 0
    if [ "$mode" = failing ]; then
      echo 'opening the database'
      echo 'cannot open database: disk full'
      exit 3
    fi
    run &
    echo $! > "$pidfile"
    ;;
  stop)
    alive && kill "$pid"
    ;;
  kill)
    alive && kill -9 "$pid"
    ;;
  status)
    [ -f "$pidfile" ] || { echo "$mode is stopped"; exit 3; }
    alive && { echo "$mode is running"; exit 0; }
    echo "$mode is dead and its pid file is there"
    exit 1
    ;;
esac
