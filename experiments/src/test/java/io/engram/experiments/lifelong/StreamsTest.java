package io.engram.experiments.lifelong;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.continual.ContinualLearner;
import io.engram.core.continual.StreamExample;
import io.engram.core.evaluation.PrequentialScore;
import io.engram.core.network.InitialParameters;
import io.engram.core.random.RandomStream;
import io.engram.engine.fused.FusedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTest {

  /** Digit i is one pixel of ink, at place i. */
  private static Digits dots(int size) {
    byte[] pixels = new byte[size * Digits.PIXELS];
    byte[] labels = new byte[size];
    for (int i = 0; i < size; i++) {
      pixels[i * Digits.PIXELS + i % Digits.PIXELS] = (byte) 255;
      labels[i] = (byte) (i % 10);
    }
    return new Digits(pixels, labels);
  }

  @Test
  void turningByAQuarterMovesACornerToTheNextCorner() {
    Digits topLeft = dots(1);
    assertThat(PixelMap.rotation(0).show(topLeft, 0).indices()).containsExactly(0);
    int corner = PixelMap.rotation(90).show(topLeft, 0).indices()[0];
    assertThat(corner).isIn(Digits.SIDE - 1, Digits.PIXELS - Digits.SIDE);
    assertThat(PixelMap.rotation(180).show(topLeft, 0).indices())
        .containsExactly(Digits.PIXELS - 1);
  }

  @Test
  void aPermutationLosesNoPixel() {
    int[] source = PixelMap.permutation(new RandomStream(3)).source().clone();
    Arrays.sort(source);
    for (int p = 0; p < source.length; p++) {
      assertThat(source[p]).isEqualTo(p);
    }
  }

  @Test
  void aDigitIsMovedBeforeItIsTurned() {
    Digits topLeft = dots(1);
    PixelMap turned = PixelMap.rotation(180);
    assertThat(turned.ofMoved(1, 0).show(topLeft, 0).indices()).containsExactly(Digits.PIXELS - 2);
    assertThat(turned.ofMoved(0, 1).show(topLeft, 0).indices())
        .containsExactly(Digits.PIXELS - 1 - Digits.SIDE);
    assertThat(turned.ofMoved(-1, 0).show(topLeft, 0).indices()).as("off the paper").isEmpty();
  }

  @Test
  void everyRotationTaskHasAnAngleOfItsOwn() {
    List<PixelMap> maps = Protocol.ROTATIONS.maps(new RandomStream(1));
    assertThat(maps).hasSize(20);
    assertThat(new HashSet<>(maps.stream().map(map -> Arrays.hashCode(map.source())).toList()))
        .hasSize(20);
  }

  @Test
  void settingsAreChosenOnDigitsOutsideTheStream() {
    ProtocolStream stream =
        ProtocolStream.tuning(Protocol.MANY_PERMUTATIONS, dots(21_000), 1_000, 900);
    Set<Integer> learned = new HashSet<>();
    for (int i = 0; i < Protocol.MANY_PERMUTATIONS.examples(); i++) {
      learned.add(stream.order()[i]);
    }
    assertThat(Arrays.stream(stream.tested()).filter(learned::contains)).isEmpty();
    assertThat(learned).hasSize(20_000);
  }

  /** The oracle is shown whole tasks, far more examples at a time than the others. */
  @Test
  void howManyArriveAtATimeIsAllTheSameToTheScore() {
    ProtocolStream stream =
        ProtocolStream.published(Protocol.MANY_PERMUTATIONS, dots(20_000), dots(10), 10, 1);
    ContinualLearner learner =
        Contestant.JOINT
            .choose(Protocol.MANY_PERMUTATIONS)
            .start(
                new FusedEngine(1).compileStream(StreamTrial.NETWORK),
                InitialParameters.of(StreamTrial.NETWORK, 1, false),
                1);
    StreamTrial trial = new StreamTrial(stream);
    PrequentialScore score = new PrequentialScore(10, 0.9);
    List<StreamExample> arrived = stream.task(0);
    int bySingles = 0;
    for (StreamExample example : arrived) {
      bySingles += trial.predict(learner, List.of(example), score);
    }
    assertThat(learner.arriving()).isEqualTo(arrived.size());
    assertThat(trial.predict(learner, arrived, score)).isEqualTo(bySingles).isPositive();
  }

  @Test
  void aRunIsTakenUpOnlyIfItIsTheSame(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("runs.jsonl");
    String settings = Contestant.OURS.choose(Protocol.ROTATIONS).toString();
    ProtocolScores outcome = outcome(settings, 7);
    new RunFile<>(file, ProtocolScores.class).add(outcome);
    assertThat(Files.readString(file))
        .endsWith(
            "\"protocol\":\"rotations\",\"seed\":7,\"tested\":10000,\"retained\":83.0,\"learning\":88.0,\"worstOld\":60.0,"
                + "\"averageMinimum\":58.0,\"forwardTransfer\":12.0,\"prequential\":85.0,\"hindsight\":90.0,\"seconds\":2.5}\n");
    String lessWasMeasured = Files.readString(file).replaceAll(",\"hindsight\":[^,]*", "");
    Files.writeString(
        file,
        lessWasMeasured.replace("\"seed\":7", "\"seed\":9") + "{\"learner\":\"Eng",
        StandardOpenOption.APPEND);

    RunFile<ProtocolScores> again = new RunFile<>(file, ProtocolScores.class);

    assertThat(again.find(same(Contestant.OURS, 7, 10_000))).contains(outcome);
    assertThat(again.find(same(Contestant.OURS, 8, 10_000))).isEmpty();
    assertThat(again.find(same(Contestant.OURS, 7, 1_000))).isEmpty();
    assertThat(again.find(same(Contestant.OURS, 9, 10_000))).isEmpty();
    assertThat(again.find(same(Contestant.MER, 7, 10_000))).isEmpty();

    ProtocolScores next = outcome(settings, 8);
    again.add(next);

    assertThat(new RunFile<>(file, ProtocolScores.class).find(same(Contestant.OURS, 8, 10_000)))
        .as("written behind the line that was cut off")
        .contains(next);
  }

  private static ProtocolScores outcome(String settings, long seed) {
    return new ProtocolScores(
        new ProtocolScores.Trial("Engram", settings, "rotations", seed, 10_000),
        new ProtocolScores.Accuracies(83, 88, 60, 58, 12, 85, 90),
        2.5);
  }

  private static Predicate<ProtocolScores> same(Contestant contestant, long seed, int tested) {
    return run -> run.trial().isOf(contestant, Protocol.ROTATIONS, seed, tested);
  }

  @Test
  void aTaskThatStaysKeepsItsLabels() {
    List<List<SparseInput>> classes = new ArrayList<>();
    for (int place = 0; place < 12; place++) {
      classes.add(single(place));
    }
    DriftingStream stream = new DriftingStream(List.of(classes), 1, 4);
    assertThat(stream.next()).isEqualTo(stream.next());
    assertThat(stream.next()).hasSize(50);
  }

  private static List<SparseInput> single(int place) {
    return List.of(new SparseInput(12, new int[] {place}, new float[] {1f}));
  }
}
