package io.engram.cli.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "io.engram", importOptions = ProductionCode.class)
class ModuleWallsTest {

  @ArchTest
  static final ArchRule coreStandsOnTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("io.engram.core..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("java..", "org.jspecify.annotations..", "io.engram.core.."));

  @ArchTest static final ArchRule schemasKnowNobody = module("schemas");
  @ArchTest static final ArchRule embeddedKafkaKnowsNobody = module("embeddedkafka");
  @ArchTest static final ArchRule engineKnowsCore = module("engine", "core");
  @ArchTest static final ArchRule kafkaKitKnowsSecrets = module("kafkakit", "servicekit");
  @ArchTest static final ArchRule serviceKitKnowsNobody = module("servicekit");

  @ArchTest
  static final ArchRule ingestKnowsTheWire = module("ingest", "schemas", "kafkakit", "servicekit");

  @ArchTest
  static final ArchRule registryKnowsVersions =
      module("modelregistry", "schemas", "model", "kafkakit", "servicekit");

  @ArchTest
  static final ArchRule predictReadsAsIngestAndAnswersAsClients =
      module("predict", "schemas", "core", "model", "client", "ingest", "kafkakit", "servicekit");

  @ArchTest static final ArchRule modelKnowsWireAndCore = module("model", "schemas", "core");

  @ArchTest
  static final ArchRule versionsKnowNoBroker =
      noClasses()
          .that()
          .resideInAPackage("io.engram.model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule learnerKnowsTheMathematics =
      module("learner", "schemas", "core", "model", "engine", "kafkakit", "servicekit");

  @ArchTest
  static final ArchRule clientKnowsTheMathematics =
      module("client", "schemas", "core", "model", "engine", "kafkakit");

  @ArchTest
  static final ArchRule enginesOfTheirOwnModulesAreFoundAndNotNamed =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.engram.engine.cuda..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.engram.engine.cuda..");

  @ArchTest
  static final ArchRule computingKnowsNeitherWireNorStore =
      noClasses()
          .that()
          .resideInAnyPackage("io.engram.core..", "io.engram.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "org.rocksdb..");

  @ArchTest
  static final ArchRule nativeCodeStaysInTheEngine =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.engram.engine..", "io.engram.benchmarks..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.nd4j..", "org.deeplearning4j..", "org.bytedeco..", "com.sun.jna..");

  @ArchTest
  static final ArchRule rocksDbStaysInItsAdapters =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.engram..rocksdb..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.rocksdb..");

  /**
   * In every module. Left out are those whose whole purpose is Kafka: {@code kafka-kit} and {@code embedded-kafka}. Benches, which
   * compare with bare clients, and tests are not looked at here.
   */
  @ArchTest
  static final ArchRule kafkaStaysInItsAdapters =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.engram..kafka..", "io.engram.kafkakit..", "io.engram.embeddedkafka..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule theBrokerStaysInItsModule =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.engram.embeddedkafka..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..");

  @ArchTest static final ArchRule kafkaAdaptersSeeNoOther = adapter("kafka", "rocksdb", "http");
  @ArchTest static final ArchRule rocksDbAdaptersSeeNoOther = adapter("rocksdb", "kafka", "http");
  @ArchTest static final ArchRule httpAdaptersSeeNoOther = adapter("http", "kafka", "rocksdb");

  private static ArchRule module(String name, String... mayUse) {
    String[] allowed =
        Stream.concat(Stream.of(name), Stream.of(mayUse))
            .map(module -> "io.engram." + module + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("io.engram." + name + "..")
        .should()
        .dependOnClassesThat(resideInAPackage("io.engram..").and(resideOutsideOfPackages(allowed)));
  }

  private static ArchRule adapter(String technology, String... others) {
    String[] otherAdapters =
        Stream.of(others).map(other -> "io.engram.." + other + "..").toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("io.engram.." + technology + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(otherAdapters);
  }
}
