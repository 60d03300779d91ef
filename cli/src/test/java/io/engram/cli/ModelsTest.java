package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.cli.Shell.Outcome;
import io.engram.core.network.NetworkSpec;
import io.engram.embeddedkafka.testing.TestBroker;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.modelregistry.http.HttpConfig;
import io.engram.modelregistry.http.RegistryHttp;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.TensorEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code engram models} against a registry with three versions. */
class ModelsTest {

  private static final String NETWORK = "input(2) dense(3) softmax";

  @Test
  void aPersonFindsTheirWay(@TempDir Path directory) throws Exception {
    Topics topics = new Topics(TestBroker.uniquePrefix("models"));
    Map<String, Object> kafka = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    TopicAdmin.ensure(
        TestBroker.bootstrapServers(), List.of(Topic.of(topics.modelCandidates(), 1)));
    for (int n = 1; n <= 3; n++) {
      publish(topics, kafka, n);
    }
    RegistryConfig config =
        RegistryConfig.in(directory).withPromotion(PromotionPolicy.parse("always"));
    try (RegistryService service =
            RegistryService.start(config, topics, kafka, new SimpleMeterRegistry());
        RegistryHttp http = RegistryHttp.start(HttpConfig.in(directory).withPort(0), service)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> service.status().model("m").champion() == 3);
      Session session = new Session(http.uri().toString(), directory.resolve("token").toString());

      assertThat(session.ok("list")).contains("MODEL").contains("candidate=3 champion=3");
      assertThat(session.ok("list", "m").lines().map(line -> line.split(" +", 2)[0]))
          .containsExactly("VERSION", "3", "2", "1");
      assertThat(session.ok("show", "m", "2")).contains("c-2").contains("lineage.engine");
      assertThat(session.ok("compare", "m", "1", "champion"))
          .contains("prequential.window 0.6000 0.8000 0.2000");
      assertThat(session.ok("rollback", "m", "--reason", "it drifts", "--actor", "ann"))
          .contains("withdrawn [3]");
      assertThat(session.ok("history", "m")).contains("rolled back ann it drifts");
      assertThat(session.ok("history", "m", "--all")).contains("RolledBack version 2 by ann");
      assertThat(session.ok("promote", "m", "1", "--json")).contains("\"champion\":1");
      assertThat(session.ok("alias", "m", "prod", "2")).contains("aliases.prod");
      assertThat(session.ok("alias", "m", "prod")).doesNotContain("prod");
      assertThat(session.ok("pin", "m")).contains("true");
      assertThat(session.failure("promote", "m", "2"))
          .isEqualTo("engram: version 1 is pinned as champion; unpin it first");
      Path wrong = Files.writeString(directory.resolve("bad.tok"), "wrong\n");
      assertThat(new Session(session.registry(), wrong.toString()).failure("rollback", "m"))
          .contains("the token in " + wrong + " is not that of the registry at ");
      assertThat(session.failure("show", "nobody")).contains("there are [m]");

      Path file = directory.resolve("model.npz");
      session.ok("export", "m", "2", "--output", file.toString());
      numpyReads(file);
      Path onnx = directory.resolve("model.onnx");
      session.ok("export", "m", "2", "--format", "onnx", "--output", onnx.toString());
      assertThat(onnx).isNotEmptyFile();
      Path five = Files.writeString(directory.resolve("few.csv"), "a,b,kind\n1,2,x\n3,4,y\n");
      String[] adapted = {"export", "m", "2", "--support", five.toString(), "--label", "kind"};
      session.ok(with(adapted, "--format", "onnx", "--output", onnx.toString()));
      assertThat(session.failure(with(adapted, "--output", file.toString())))
          .contains("only onnx has adapted models");
      Path raw = directory.resolve("model.bin");
      session.ok("export", "m", "2", "--format", "raw", "--output", raw.toString());
      assertThat(Files.readAllBytes(raw)).isEqualTo(parameters(2));
    }
    assertThat(new Session("http://127.0.0.1:1", "none").failure("list"))
        .contains("no registry answers at http://127.0.0.1:1");
  }

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  private record Session(String registry, String token) {

    String ok(String... args) {
      Outcome outcome = models(args);
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      return outcome.out().replaceAll(" +", " ");
    }

    String failure(String... args) {
      Outcome outcome = models(args);
      assertThat(outcome.exitCode()).isEqualTo(ExitCodes.FAILURE);
      assertThat(outcome.errorLines()).hasSize(1);
      return outcome.errorLines().get(0);
    }

    private Outcome models(String... args) {
      return Shell.run(
          Stream.of(
                  Stream.of("models"),
                  Stream.of(args),
                  Stream.of("--registry", registry),
                  Stream.of("--token-file", token))
              .flatMap(part -> part)
              .toArray(String[]::new));
    }
  }

  private static void numpyReads(Path file) throws IOException, InterruptedException {
    String script =
        "import numpy,json,sys; z=numpy.load(sys.argv[1]); "
            + "print(json.dumps({k: z[k].tolist() for k in z.files}))";
    Process python;
    try {
      python = new ProcessBuilder("python3", "-c", script, file.toString()).start();
    } catch (IOException e) {
      Assumptions.abort("skipped: there is no python3 to open the .npz with");
      return;
    }
    String out = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assumptions.assumeTrue(
        python.waitFor() == 0, "skipped: python3 has no numpy to open the .npz with");
    JsonNode arrays = new ObjectMapper().readTree(out);
    assertThat(arrays.path("parameters")).hasSize(9);
    // Column by column: output 0 has weights 2.0 and 2.1.
    assertThat(arrays.path("layer0.weight").path(0).path(0).floatValue()).isEqualTo(2f);
    assertThat(arrays.path("layer0.weight").path(1).path(0).floatValue()).isEqualTo(2.1f);
    assertThat(arrays.path("layer0.weight").path(0).path(1).floatValue()).isEqualTo(2.2f);
    assertThat(arrays.path("layer0.bias")).hasSize(3);
  }

  private static byte[] parameters(int n) {
    int length = NetworkSpec.parse(NETWORK).layout().length();
    ByteBuffer bytes = ByteBuffer.allocate(4 * length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < length; i++) {
      bytes.putFloat((float) (n + i / 10.0));
    }
    return bytes.array();
  }

  private static void publish(Topics topics, Map<String, Object> kafka, int n)
      throws ExecutionException, InterruptedException {
    byte[] parameters = parameters(n);
    List<ModelChunk> chunks = ModelChunks.cut("m", "c-" + n, parameters);
    ModelManifest manifest =
        new ModelManifest(
            "m",
            0L,
            "c-" + n,
            Instant.ofEpochMilli(1_700_000_000_000L),
            NETWORK,
            LabelSpace.PER_TASK,
            List.of(),
            new Adaptation(3, "sgd(0.1)", 0, "ALL", "NON_TRANSDUCTIVE"),
            List.of(
                new TensorEntry(
                    "parameters", ElementType.FLOAT32, List.of(parameters.length / 4), 0L)),
            (long) parameters.length,
            chunks.get(0).getSha256(),
            chunks.size(),
            new Lineage(
                n == 1 ? null : "c-" + (n - 1),
                List.of(),
                100L * n,
                100L * n,
                42L,
                Map.of(),
                Map.of(),
                "fused",
                "0.1.0",
                "17",
                "amd64"),
            Map.of("prequential.window", 0.5 + n / 10.0));
    List<byte[]> values = new ArrayList<>();
    chunks.forEach(chunk -> values.add(Wire.modelChunk().encode(chunk)));
    values.add(Wire.modelManifest().encode(manifest));
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer())) {
      for (byte[] value : values) {
        producer.send(new ProducerRecord<>(topics.modelCandidates(), "m", value)).get();
      }
    }
  }
}
