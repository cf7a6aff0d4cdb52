#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# A Kafka broker for trying things out and for the tests, without containers.
#   scripts/kafka.sh start|stop|status|fetch [VERSION]
# One node. $RACCORDO_KAFKA_PORT chooses its port on the loopback (9092), $RACCORDO_KAFKA_FOLDER where it keeps its data
# (build/kafka/VERSION).
versions=(3.9.1 4.1.1)
what=${1:-}
version=${2:-${versions[0]}}
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

libraries="build/kafka/$version/lib"
home=${RACCORDO_KAFKA_FOLDER:-$root/build/kafka/$version}
port=${RACCORDO_KAFKA_PORT:-9092}

# The libraries come from the Maven registry; what is there is not fetched again.
fetch() {
  [[ -e $libraries/.whole ]] && return
  install_missing scripts/packages-kafka.txt
  tell "scarico Kafka $version" "fetching Kafka $version"
  mkdir -p "$libraries"
  mvn -q -B -Dstyle.color=never -f tests/kafka/pom.xml -Dkafka.version="$version" dependency:copy-dependencies \
    -DoutputDirectory="$root/$libraries"
  touch "$libraries/.whole"
}

java_run() { java -Xmx512m -cp "$libraries/*" "$@"; }

running() { [[ -e $home/pid ]] && kill -0 "$(<"$home/pid")" 2>/dev/null; }

write_properties() {
  cat >"$home/server.properties" <<END
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$((port + 1))
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$((port + 1))
advertised.listeners=PLAINTEXT://127.0.0.1:$port
inter.broker.listener.name=PLAINTEXT
log.dirs=$home/data
auto.create.topics.enable=false
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
END
}

# Its log is read until it serves, or ends.
await() {
  local line
  while read -r line; do
    [[ $line == *"Kafka Server started"* ]] && return
  done < <(tail -n +1 -f --pid="$(<"$home/pid")" "$home/log")
  tail -20 "$home/log" >&2
  give_up "il broker non è partito: vedere $home/log" "the broker did not start: see $home/log"
}

start() {
  if running; then
    status
    return
  fi
  fetch
  mkdir -p "$home"
  write_properties
  [[ -e $home/data/meta.properties ]] ||
    java_run kafka.tools.StorageTool format -t kVQxPLYkTyuOqkXVFXnvQg -c "$home/server.properties" >"$home/log" 2>&1
  setsid nohup java -Xmx512m -cp "$libraries/*" kafka.Kafka "$home/server.properties" >"$home/log" 2>&1 </dev/null &
  echo $! >"$home/pid"
  await
  status
}

stop() {
  running || return 0
  local pid
  pid=$(<"$home/pid")
  kill "$pid"
  tail --pid="$pid" -f /dev/null
  rm "$home/pid"
}

status() {
  if running; then
    tell "Kafka $version su 127.0.0.1:$port; dati in $home" "Kafka $version on 127.0.0.1:$port; data in $home"
  else
    tell "Kafka $version è fermo" "Kafka $version is stopped"
    return 3
  fi
}

case $what in
start | stop | status) "$what" ;;
fetch) for version in ${2:-"${versions[@]}"}; do libraries="build/kafka/$version/lib" && fetch; done ;;
*) give_up "uso: scripts/kafka.sh start|stop|status|fetch [VERSIONE]" "usage: scripts/kafka.sh start|stop|status|fetch [VERSION]" ;;
esac
