#!/usr/bin/env bash
# kafka-server-start.sh PROPERTIES
export KAFKA_HEAP_OPTS="${KAFKA_HEAP_OPTS:--Xmx1G -Xms1G}" KAFKA_LOGBACK=server
exec "$(dirname "$0")"/kafka-run-class.sh kafka.Kafka "$@"
