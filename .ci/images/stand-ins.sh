# Images under the names that Dockerfile and docker-compose.yml use, made of Debian's packages and the jars Maven resolved.

# The base images that the Dockerfile names, as they stand there.
maven_image=$(sed -n 's/^FROM \(maven:[^ ]*\).*/\1/p' Dockerfile)
jre_image=$(sed -n 's/^FROM \(eclipse-temurin:[^ ]*\).*/\1/p' Dockerfile)
# An image that docker-compose.yml names:  composed NAME
composed() {
  sed -n "s|^ *image: \($1:.*\)|\1|p" docker-compose.yml | head -n 1
}

has_image() {
  docker image inspect "$1" > /dev/null 2>&1
}

# A base system as an image:  import ROOT IMAGE
import() {
  tar --create --directory="$work/$1" --exclude=./proc/* --exclude=./sys/* --exclude=./dev/* \
    --exclude=./var/lib/apt/lists/* --exclude=./usr/share/doc/* . |
    docker import --change 'CMD ["bash"]' - "$2" > /dev/null
}

make_stand_ins() {
  has_image "$jre_image" || import jre "$jre_image"
  [ -d "$work/kafka/libs" ] ||
    ./mvnw --quiet --batch-mode --file .ci/images/kafka/pom.xml dependency:copy-dependencies \
      -DincludeScope=runtime -DoutputDirectory="$work/kafka/libs"
  docker build --quiet --build-arg "JRE=$jre_image" --build-context "jars=$work/kafka/libs" \
    --tag "$(composed apache/kafka)" .ci/images/kafka > /dev/null
}

make_prometheus() {
  local to=target/prometheus
  if [ ! -x "$to/usr/bin/prometheus" ]; then
    mkdir -p "$to"
    (cd "$to" && apt-get --quiet download prometheus && dpkg --extract prometheus_*.deb . && rm prometheus_*.deb) > /dev/null
  fi
  docker build --quiet --build-arg "JRE=$jre_image" --build-context "debian=$to/usr/bin" \
    --tag "$(composed prom/prometheus)" .ci/images/prometheus > /dev/null
}

# Maven and what it has resolved, which it then finds as a mirror of every repository: a build in here reaches no other.
make_maven() {
  has_image "$maven_image" && return
  local home repository
  home=$(find "${MAVEN_USER_HOME:-$HOME/.m2}/wrapper/dists" -path '*/bin/mvn' | head -n 1)
  home=${home%/bin/mvn}
  repository=$(./mvnw --quiet --batch-mode help:evaluate -DforceStdout -Dexpression=settings.localRepository --non-recursive)
  if [ ! -d "$work/jdk" ]; then
    rm -rf "$work/jdk.part"
    cp --archive "$work/jre" "$work/jdk.part"
    chroot "$work/jdk.part" sh -c 'apt-get --quiet update && apt-get --quiet --yes --no-install-recommends install openjdk-17-jdk-headless' \
      > "$work/jdk.log" 2>&1
    mv "$work/jdk.part" "$work/jdk"
  fi
  has_image engram-stand-in/jdk || import jdk engram-stand-in/jdk
  tar --create --directory=.ci/images/maven . \
    --directory="${home%/*}" --transform "s|^${home##*/}|maven|" "${home##*/}" \
    --directory="${repository%/*}" --transform "s|^${repository##*/}|repository|" --exclude='*.lastUpdated' \
    --exclude=resolver-status.properties --exclude=_remote.repositories "${repository##*/}" |
    docker build --quiet --tag "$maven_image" - > /dev/null
}
