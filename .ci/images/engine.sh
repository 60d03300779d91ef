# Docker's engine of a newer Debian than this machine's may be, in a directory of its own, in a network namespace of its own.

# A base system:  debian SUITE NAME PACKAGE[,PACKAGE…]  makes target/containers/NAME.
debian() {
  [ -x "$work/$2/usr/bin/env" ] && return
  rm -rf --one-file-system "$work/$2" "$work/$2.part"
  debootstrap --variant=minbase --include="$3" "$1" "$work/$2.part" > "$work/$2.log" 2>&1 || return 1
  rm -rf "$work/$2.part"/var/cache/apt/archives/*.deb
  mv "$work/$2.part" "$work/$2"
}

make_roots() {
  debian trixie engine docker.io,docker-cli,docker-compose,docker-buildx,iptables,iproute2,ca-certificates &
  local engine=$!
  debian bookworm jre openjdk-17-jre-headless,ca-certificates,wget,prometheus || { wait "$engine"; return 1; }
  wait "$engine"
}

# Everything of Docker runs in the engine's own system and namespaces; the checkout is there under its own path.
inside() {
  nsenter --net="/proc/$holder/ns/net" --mount="/proc/$holder/ns/mnt" "$@"
}

docker() {
  "$socket.client" "$@"
}

# The client as a command, for tests too. That of the engine's own system: this machine may have none.
write_client() {
  cat > "$socket.client" << END
#!/bin/sh
exec nsenter --net=/proc/$holder/ns/net --mount=/proc/$holder/ns/mnt env --chdir='$PWD' DOCKER_HOST='unix://$socket' docker "\$@"
END
  chmod 0755 "$socket.client"
}

# The engine keeps its images and volumes, so that a second run is quick.
start_engine() {
  local root=$work/engine run
  run=$(mktemp -d /tmp/engram-engine.XXXXXX)
  socket=$run/docker.sock
  mkdir -p "$work/data" "$root$PWD" "$root$run"
  # Holds the namespaces, and goes with them. Its root is moved, not only changed: what runs in a container beside its first
  # process (docker exec, health checks) gets the root of the namespace, which must not be this machine's.
  unshare --net --mount --propagation private sh -c '
    set -e
    mount --bind "$1" "$1"
    mount --rbind /proc "$1/proc"
    mount --rbind /sys "$1/sys"
    mount --rbind /dev "$1/dev"
    mount --bind "$2" "$1$2"
    mount --bind "$3" "$1$3"
    mkdir -p "$1/outside"
    cd "$1"
    pivot_root . outside
    umount --lazy /outside
    touch "$3/ready"
    exec sleep infinity' engram-engine "$root" "$PWD" "$run" &
  holder=$!
  trap stop_engine EXIT
  for _ in $(seq 50); do
    [ -e "$run/ready" ] && break
    sleep 0.1
  done
  [ -e "$run/ready" ] || return 1
  write_client
  inside ip link set lo up
  # Rules of the old kind, which every kernel has.
  inside update-alternatives --quiet --set iptables /usr/sbin/iptables-legacy
  inside dockerd --data-root "$work/data" --exec-root "$run/exec" --pidfile "$run/pid" --host "unix://$socket" \
    > "$work/dockerd.log" 2>&1 &
  engine=$!
  for _ in $(seq 60); do
    docker version > /dev/null 2>&1 && return
    kill -0 "$engine" 2> /dev/null || break
    sleep 0.5
  done
  tail -n 3 "$work/dockerd.log"
  return 1
}

stop_engine() {
  # The engine writes its own id: what was started above is only who waits for it.
  local id
  id=$(cat "${socket%/*}/pid" 2> /dev/null) && kill "$id" 2> /dev/null || true
  [ -z "${engine:-}" ] || wait "$engine" || true
  kill "$holder" 2> /dev/null || true
  wait "$holder" 2> /dev/null || true
  rm -rf "${socket%/*}"
}
