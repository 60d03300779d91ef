# The image of the unchanged Dockerfile, docker-compose.yml brought up with it, and the tests that need an engine.

build_image() {
  make_maven
  say 'an image to stand in for Maven is there'
  docker build --tag engram:local . > "$work/build.log" 2>&1 || {
    tail -n 20 "$work/build.log"
    return 1
  }
  say "image engram:local built: $(docker image inspect --format '{{.Size}}' engram:local) bytes"
}

# Tests on this machine's files, in the engine's network:  tests VARIABLE=VALUE… -- CLASS
tests() {
  local variables=()
  while [ "$1" != -- ]; do
    variables+=("$1")
    shift
  done
  nsenter --net="/proc/$holder/ns/net" env DOCKER_HOST="unix://$socket" "${variables[@]}" \
    ./mvnw --quiet --batch-mode --offline --projects deploy --also-make "-Dtest=$2" test
  sed -n 's/.*<testsuite .* name="\([^"]*\)" time="\([0-9.]*\)" tests="\([0-9]*\)" errors="\([0-9]*\)" skipped="\([0-9]*\)" failures="\([0-9]*\)".*/containers: \1: \3 tests, \4 errors, \6 failures, \5 skipped, \2 s/p' \
    "deploy/target/surefire-reports/TEST-io.engram.deploy.$2.xml"
}

bring_up() {
  make_prometheus
  tests "ENGRAM_DOCKER=$socket.client" -- ComposedDeploymentTest
  say 'docker-compose.yml was up, used, down and up again (without Grafana, whose image cannot be had here)'
}

run_container_tests() {
  tests TESTCONTAINERS_RYUK_DISABLED=true -- RolesApartOnKafkaImageTest
  say 'the tests that need an engine were run'
}
