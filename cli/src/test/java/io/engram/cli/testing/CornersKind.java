package io.engram.cli.testing;

import io.engram.cli.source.OpenedSource;
import io.engram.cli.source.OpenedSource.Suggestion;
import io.engram.cli.source.Sessions;
import io.engram.cli.source.SourceKind;
import io.engram.cli.source.SourceRequest;
import io.engram.core.kind.Key;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkPresets;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A source as somebody else would add it: this file, and a line in META-INF/services. In each session two opposite corners of a square have
 * names, and points near them are to be told apart.
 */
public final class CornersKind implements SourceKind {

  private static final String SPREAD = "spread";

  @Override
  public String name() {
    return "corners";
  }

  @Override
  public List<Key> keys() {
    return List.of(
        Key.of(SPREAD, 0.5)
            .meaning("How far points lie from their corner: a standard deviation, more than 0."));
  }

  @Override
  public Map<String, Object> preset() {
    return Map.of("source.shots", 2, "source.queries", 3, "learner.inner-steps", 4);
  }

  @Override
  public OpenedSource open(SourceRequest request) {
    int shots = request.sessions().shots();
    Corners corners =
        new Corners(
            shots, request.sessions().queries(), request.values().positive(SPREAD), request.seed());
    return new OpenedSource(
        request.send(corners),
        Map.of(
            "ingest.grouping.size",
            Suggestion.sessionSize(corners.examplesPerSession()),
            "ingest.split.shots",
            new Suggestion(shots, "source.shots"),
            "learner.network",
            new Suggestion(
                NetworkPresets.mlp(2, List.of(16), 2, Head.SOFTMAX_CROSS_ENTROPY).toString(),
                "two corners")));
  }

  private record Corners(int shots, int queries, float spread, long seed) implements Sessions {

    @Override
    public int examplesPerSession() {
      return 2 * (shots + queries);
    }

    @Override
    public String key(long number) {
      return "square-" + number;
    }

    @Override
    public List<LabeledExample> examples(long number) {
      RandomStream random = new RandomStream(Seeds.derive(seed, Purpose.STREAM, number));
      int rising = random.nextInt(2) == 0 ? 1 : -1;
      List<LabeledExample> examples = new ArrayList<>();
      for (int i = 0; i < examplesPerSession(); i++) {
        int side = i % 2 == 0 ? 1 : -1;
        float x = (float) (side + spread * random.nextGaussian());
        float y = (float) (side * rising + spread * random.nextGaussian());
        examples.add(
            new LabeledExample(
                key(number) + "/" + i,
                Tensors.float32(new float[] {x, y}, 2),
                side > 0 ? "right" : "left",
                null,
                i < 2 * shots ? Part.SUPPORT : Part.QUERY));
      }
      return examples;
    }

    @Override
    public Map<String, String> identity() {
      return Map.of(
          "source", "corners", "shots", Integer.toString(shots), SPREAD, Float.toString(spread));
    }

    @Override
    public String description() {
      return "two corners of a square";
    }
  }
}
