package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.cli.role.ClientAnswerer;
import io.engram.client.Engram;
import io.engram.client.EngramConfig;
import io.engram.client.FewShotConfig;
import io.engram.client.FewShots;
import io.engram.client.ModelSubscription;
import io.engram.client.Prediction;
import io.engram.client.SupportSet;
import io.engram.core.compute.episode.HeadFit;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.learning.Scale;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.tables.TableModel;
import io.engram.core.tables.TableShape;
import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.kafkakit.TransactionalWriter;
import io.engram.model.Adaptation;
import io.engram.model.Version;
import io.engram.model.VersionCodec;
import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.modelregistry.http.HttpConfig;
import io.engram.modelregistry.http.RegistryHttp;
import io.engram.modelregistry.serving.Serving;
import io.engram.modelregistry.serving.ServingConfig;
import io.engram.schemas.Assembly;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import io.engram.servicekit.health.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks over HTTP hears what a program with the library hears, to the bit. */
class ServingTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final NetworkSpec CLASSES =
      NetworkSpec.parse("input(4) dense(9) tanh dense(3) softmax");
  private static final NetworkSpec NUMBERS =
      NetworkSpec.parse("input(4) dense(9) relu dense(2) mse");

  private final RandomStream random = new RandomStream(17);

  @Test
  void theAnswersAreTheClients(@TempDir Path directory) throws Exception {
    Topics topics = new Topics(TestBroker.uniquePrefix("serving"));
    Map<String, Object> kafka = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    TopicAdmin.ensure(
        TestBroker.bootstrapServers(), List.of(Topic.of(topics.modelCandidates(), 1)));
    publish(topics, kafka, version("classes", CLASSES, 3));
    publish(topics, kafka, version("numbers", NUMBERS, 3));
    publish(topics, kafka, version("asis", CLASSES, 0));
    publish(
        topics,
        kafka,
        version("compared", CLASSES, InnerLoop.closedForm(new HeadFit.Prototypes())));
    publish(topics, kafka, table());
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    try (RegistryService service =
            RegistryService.start(
                RegistryConfig.in(directory).withPromotion(PromotionPolicy.parse("always")),
                topics,
                kafka,
                meters);
        RegistryHttp http =
            RegistryHttp.start(
                HttpConfig.in(directory).withPort(0),
                service,
                Health::healthy,
                Optional.of(
                    new Serving(
                        ServingConfig.DEFAULT,
                        new ClientAnswerer(new FewShots(FewShotConfig.DEFAULT)),
                        meters)));
        Engram engram =
            Engram.connect(
                EngramConfig.of(TestBroker.bootstrapServers()).withTopicPrefix(topics.prefix()))) {
      float[][] support = rows(6);
      float[][] questions = rows(5);
      List<String> labels = List.of("x", "y", "z", "x", "y", "z");

      for (String model : List.of("classes", "compared")) {
        List<Prediction> expected =
            subscribed(engram, model)
                .adapt(SupportSet.of(support, labels))
                .predictAll(List.of(questions));
        for (int round = 0; round < 2; round++) { // adapted anew, and found again
          sameClasses(ask(http, model, body(support, labels, questions), 200), expected, 6);
        }
      }
      sameClasses(
          ask(http, "asis", "{\"questions\":" + JSON.writeValueAsString(questions) + "}", 200),
          subscribed(engram, "asis").adapt(SupportSet.none()).predictAll(List.of(questions)),
          0);

      float[][] targets = {{1, 2}, {3, 4}, {5, 6}, {-1, 0.1f}, {0.7f, 1e-3f}, {9, 9}};
      for (String model : List.of("numbers", "table")) {
        sameNumbers(
            ask(http, model, body(support, List.of(targets), questions), 200),
            subscribed(engram, model)
                .adapt(SupportSet.of(support, targets))
                .predictAll(List.of(questions)),
            6);
      }
      String alone = "{\"questions\":" + JSON.writeValueAsString(questions) + "}";
      sameNumbers(
          ask(http, "numbers", alone, 200),
          subscribed(engram, "numbers")
              .adapt(SupportSet.noNumbers())
              .predictAll(List.of(questions)),
          0);
      wrong(http, "table", alone, "support: found no rows"); // it has learned nothing yet

      float[][] narrow = {{1, 2, 3}};
      wrong(http, "classes", body(support, labels, narrow), "questions[0]: 3 features, expected 4");
      wrong(http, "classes", body(support, List.of(targets), questions), "expected a text");
      wrong(http, "numbers", body(support, labels, questions), "expected a number");
      wrong(http, "classes", "{\"questions\":[[1,2,3,4]]}", "support: found no rows");
      wrong(http, "compared", "{\"questions\":[[1,2,3,4]]}", "support: found no rows");
      wrong(
          http,
          "classes",
          body(support, List.of("1", "2", "3", "4", "5", "6"), questions),
          "at most 3 classes");
      wrong(
          http,
          "classes",
          "{\"level\":0.9," + body(support, labels, questions).substring(1),
          "classes are answered with probabilities");
      wrong(
          http,
          "numbers",
          "{\"level\":0.7," + body(support, List.of(targets), questions).substring(1),
          "level: found 0.7");
    }
  }

  private static ModelSubscription subscribed(Engram engram, String model) throws Exception {
    ModelSubscription subscription = engram.subscribe(model);
    subscription.awaitVersion(1, Duration.ofSeconds(30));
    return subscription;
  }

  private static void sameClasses(JsonNode found, List<Prediction> expected, int adaptedOn) {
    assertThat(found.path("adaptedOn").asInt()).isEqualTo(adaptedOn);
    assertThat(found.path("version").asInt()).isEqualTo(1);
    for (int i = 0; i < expected.size(); i++) {
      JsonNode answer = found.path("answers").get(i);
      assertThat(answer.path("label").asText()).isEqualTo(expected.get(i).label());
      for (String name : expected.get(i).classes()) {
        assertThat(answer.path("probabilities").path(name).floatValue())
            .isEqualTo(expected.get(i).probability(name));
      }
    }
  }

  private static void sameNumbers(JsonNode found, List<float[]> expected, int adaptedOn) {
    assertThat(found.path("adaptedOn").asInt()).isEqualTo(adaptedOn);
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < 2; j++) {
        assertThat(found.path("answers").get(i).path("values").get(j).floatValue())
            .isEqualTo(expected.get(i)[j]);
      }
    }
  }

  private static void wrong(RegistryHttp http, String model, String body, String said)
      throws Exception {
    assertThat(ask(http, model, body, 400).path("detail").asText()).contains(said);
  }

  private static JsonNode ask(RegistryHttp http, String model, String body, int status)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(http.uri().resolve("/v1/models/" + model + "/adapt-and-predict"))
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }

  private static String body(float[][] support, List<?> labels, float[][] questions)
      throws Exception {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < support.length; i++) {
      rows.add(Map.of("features", support[i], "label", labels.get(i)));
    }
    return JSON.writeValueAsString(Map.of("support", rows, "questions", questions));
  }

  private float[][] rows(int count) {
    float[][] rows = new float[count][4];
    for (float[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) random.nextGaussian();
      }
    }
    return rows;
  }

  private static Version version(String model, NetworkSpec network, int steps) {
    return version(model, network, InnerLoop.sgd(steps, 0.1f));
  }

  private static Version version(String model, NetworkSpec network, InnerLoop loop) {
    boolean numbers = network.toString().endsWith("mse");
    LabelSpace labels =
        numbers ? LabelSpace.NONE : loop.steps() == 0 ? LabelSpace.GLOBAL : LabelSpace.PER_TASK;
    return new Version(
        new Version.Name(model, 0, Instant.EPOCH),
        network,
        new Version.Labels(
            labels, labels == LabelSpace.GLOBAL ? List.of("x", "y", "z") : List.of()),
        Adaptation.by(loop, NormalizationMode.NON_TRANSDUCTIVE),
        new Version.Weights(
            InitialParameters.of(network, 5, false),
            Scale.ofInputs(new float[] {1, 0, -1, 0.5f}, new float[] {2, 1, 3, 0.7f}),
            numbers ? Scale.ofTargets(new float[] {1, 2}, new float[] {3, 4}) : null),
        Map.of(),
        new Lineage(
            null, List.of(), 1L, 1L, 42L, Map.of(), Map.of(), "fused", "test", "17", "any"));
  }

  /** A learner of tables that has learned nothing yet: it answers by the support set alone. */
  private static Version table() {
    NetworkSpec network = NetworkSpec.parse("input(4) dense(2) mse");
    TableModel model = TableModel.untrained(TableShape.of(network));
    Version like = version("table", network, 0);
    return new Version(
        like.name(),
        network,
        like.labels(),
        new Adaptation.ByTable(model),
        new Version.Weights(model.linear(), null, null),
        Map.of(),
        like.lineage());
  }

  private static void publish(Topics topics, Map<String, Object> kafka, Version version) {
    Assembly.Complete whole = VersionCodec.encode(version, sha256 -> "c-" + sha256);
    byte[] key = version.name().model().getBytes(StandardCharsets.UTF_8);
    try (TransactionalWriter writer =
        TransactionalWriter.open(kafka, topics.prefix() + version.name().model())) {
      writer.begin();
      ModelChunks.cut(whole.manifest(), whole.parameters())
          .forEach(
              chunk ->
                  writer.send(
                      new ProducerRecord<>(
                          topics.modelCandidates(), key, Wire.modelChunk().encode(chunk))));
      writer.send(
          new ProducerRecord<>(
              topics.modelCandidates(), key, Wire.modelManifest().encode(whole.manifest())));
      writer.commit();
    }
  }
}
