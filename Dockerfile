# The Engram image: every role, one command each. `docker compose build` builds it from this checkout.

# The Maven of .mvn/wrapper, so that the image and ./mvnw build with the same one.
FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /src
# First the poms alone, over empty modules: what they need stays in a layer of its own until a pom changes.
COPY pom.xml ./
COPY .mvn/ .mvn/
COPY schemas/pom.xml schemas/
COPY core/pom.xml core/
COPY model/pom.xml model/
COPY engine/pom.xml engine/
COPY engine-cuda/pom.xml engine-cuda/
COPY service-kit/pom.xml service-kit/
COPY kafka-kit/pom.xml kafka-kit/
COPY embedded-kafka/pom.xml embedded-kafka/
COPY ingest/pom.xml ingest/
COPY learner/pom.xml learner/
COPY model-registry/pom.xml model-registry/
COPY client/pom.xml client/
COPY predict/pom.xml predict/
COPY cli/pom.xml cli/
COPY deploy/pom.xml deploy/
COPY benchmarks/pom.xml benchmarks/
COPY experiments/pom.xml experiments/
RUN mkdir -p schemas/src/main/avro \
    && mvn --batch-mode --no-transfer-progress -pl cli -am -DskipTests package \
    && rm -rf */target
COPY . .
RUN mvn --batch-mode --no-transfer-progress -pl cli -am -DskipTests package

# Ubuntu, not Alpine: RocksDB and OpenBLAS are linked against glibc.
FROM eclipse-temurin:17.0.17_10-jre-noble
RUN groupadd --system --gid 10001 engram \
    && useradd --system --uid 10001 --gid engram --no-create-home --home-dir /var/lib/engram engram \
    && install --directory --owner=engram --group=engram --mode=0750 /var/lib/engram
COPY --from=build /src/cli/target/lib/ /opt/engram/lib/
COPY --from=build /src/cli/target/engram-cli.jar /opt/engram/engram-cli.jar
COPY --chmod=0755 deploy/image/healthcheck /opt/engram/healthcheck
USER 10001:10001
WORKDIR /var/lib/engram
VOLUME ["/var/lib/engram"]
ENV ENGRAM_STATE_DIR=/var/lib/engram
EXPOSE 8480 9466 9467 9468 9469
# Jars of other people's engines go to /opt/engram/plugins, by a mount or an image built on this one.
# Half of the container's memory is heap; RocksDB, OpenBLAS and the page cache share the rest.
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true", "-Dorg.bytedeco.javacpp.cachedir=/tmp/javacpp", "-cp", "/opt/engram/engram-cli.jar:/opt/engram/lib/*:/opt/engram/plugins/*", "io.engram.cli.Main"]
CMD ["--help"]
