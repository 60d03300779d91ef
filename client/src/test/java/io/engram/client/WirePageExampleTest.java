package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.learning.Scale;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.fused.FusedEngine;
import io.engram.model.Adaptation;
import io.engram.model.Version;
import io.engram.model.VersionCodec;
import io.engram.schemas.avro.LabelSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of {@code docs/wire.md} that other languages' clients are tried on is true of this one. */
class WirePageExampleTest {

  @Test
  void theWorkedExampleIsWhatThisClientComputes() throws IOException {
    String page = Files.readString(Path.of("../docs/wire.md"));
    String said = page.substring(page.indexOf("```json inner-loop"));
    NetworkSpec network = NetworkSpec.parse(text(said, "network"));
    Version version =
        new Version(
            new Version.Name("m", 1, Instant.EPOCH),
            network,
            new Version.Labels(LabelSpace.NONE, List.of()),
            Adaptation.by(InnerLoop.sgd(1, 0.1f), NormalizationMode.NON_TRANSDUCTIVE),
            new Version.Weights(
                row(said, "theta"),
                Scale.ofInputs(row(said, "inputMean"), row(said, "inputScale")),
                null),
            Map.of(),
            PythonCases.lineage(1));
    assertThat(text(said, "optimizer")).isEqualTo("sgd(0.1)");
    Model model = Model.read(VersionCodec.encode(version, it -> "c"), Instant.EPOCH, Instant.EPOCH);
    float[][] support = rows(said, "support");
    float[][] targets = rows(said, "targets");
    try (Workbenches benches = new Workbenches(new FusedEngine(1))) {
      ExampleSet scaled = UserEpisodes.support(model, SupportSet.of(support, targets));
      assertThat(((Targets.Values) scaled.targets()).width()).isEqualTo(2);
      AdaptedNetwork adapted = AdaptedNetwork.to(benches, model, scaled);
      assertThat(adapted.adapted()).containsExactly(row(said, "phi"), within(1e-5f));
      assertThat(
              Regressor.adapt(benches, model, SupportSet.of(support, targets))
                  .predict(row(said, "question")))
          .containsExactly(row(said, "answer"), within(1e-5f));
    }
  }

  private static String text(String json, String name) {
    return found(json, "\"%s\": \"([^\"]*)\"".formatted(name));
  }

  private static float[] row(String json, String name) {
    return numbers(found(json, "\"%s\": \\[([^\\]]*)\\]".formatted(name)));
  }

  private static float[][] rows(String json, String name) {
    String all = found(json, "\"%s\": \\[\\[(.*?)\\]\\]".formatted(name));
    return Pattern.compile("\\], \\[")
        .splitAsStream(all)
        .map(WirePageExampleTest::numbers)
        .toArray(float[][]::new);
  }

  private static float[] numbers(String list) {
    String[] words = list.split(",", -1);
    float[] numbers = new float[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Float.parseFloat(words[i].strip());
    }
    return numbers;
  }

  private static String found(String json, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(json);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
