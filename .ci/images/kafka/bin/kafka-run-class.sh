#!/usr/bin/env bash
# kafka-run-class.sh CLASS ARGUMENT…
set -euo pipefail
read -r -a options <<< "${KAFKA_HEAP_OPTS:--Xmx256m} ${KAFKA_OPTS:-} ${KAFKA_JVM_PERFORMANCE_OPTS:-}"
exec java "${options[@]}" -Dlogback.configurationFile=/etc/kafka/docker/"${KAFKA_LOGBACK:-tools}".xml -cp '/opt/kafka/libs/*' "$@"
