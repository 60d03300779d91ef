package io.engram.engine.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaGradient;
import io.engram.core.compute.episode.MetaObjective;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.engine.cuda.device.DeviceMemoryException;
import io.engram.engine.cuda.device.ShimDevice;
import io.engram.engine.cuda.device.Sources;
import io.engram.engine.reference.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Small cards take a batch in pieces, and say what would fit where that does not help. */
class RoomTest {

  private static final long MIB = 1 << 20;

  @Test
  void whatFitsIsTakenInOneGo() {
    assertThat(new Room(100 * MIB, "a card").together(8, n -> 10 * MIB * n)).isEqualTo(8);
  }

  @Test
  void whatDoesNotFitIsTakenInPiecesAndOnlySaidToThoseWhoAsk() {
    List<LogRecord> said = new ArrayList<>();
    Logger logger = Logger.getLogger(Room.class.getName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            said.add(record);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.setLevel(Level.FINE);
    logger.addHandler(handler);
    try {
      assertThat(new Room(100 * MIB, "a card").together(9, n -> 10 * MIB * n)).isEqualTo(8);
    } finally {
      logger.removeHandler(handler);
      logger.setLevel(null);
    }
    assertThat(said).hasSize(1);
    assertThat(said.get(0).getLevel()).isEqualTo(Level.FINE);
    assertThat(said.get(0).getMessage()).contains("8 of 9 tasks", "a card");
  }

  @Test
  void whereNotEvenOneFitsTheMessageSaysWhatItNeeds() {
    assertThatThrownBy(() -> new Room(100 * MIB, "a card").together(9, n -> 90 * MIB * n + 1))
        .isInstanceOf(DeviceMemoryException.class)
        .hasMessageContaining("a card has 100 MiB free, of which 80 may be used")
        .hasMessageContaining("one task needs 91 MiB")
        .hasMessageContaining("learner.engine = fused");
  }

  @Test
  void whereABatchIsTooLargeTheMessageSaysHowManyTasksFit() {
    // Each task leaves 5 MiB behind; one at a time needs 10 more.
    Room room = new Room(100 * MIB, "a card");
    assertThatThrownBy(
            () -> room.together(20, n -> MIB * (5 * 20 + 10 * n), n -> MIB * (5 * n + 10)))
        .isInstanceOf(DeviceMemoryException.class)
        .hasMessageContaining("a meta-batch of 20 tasks needs 110 MiB")
        .hasMessageContaining("14 tasks fit")
        .hasMessageContaining("smaller meta-batches");
  }

  /** A card grows from nothing: it refuses, then takes the batch in pieces, then in one, and gives the same bits. */
  @Test
  void piecesGiveTheSameBits() {
    Assumptions.assumeTrue(
        Sources.canPlayACard(),
        "no g++ here, or no sources: the kernels are not run without a card");
    NetworkSpec network = NetworkSpec.parse(Problems.CONVOLUTIONAL);
    List<Episode> episodes = new ArrayList<>(Problems.episodes(network, 5, 4, 3));
    episodes.addAll(Problems.episodes(network, 2, 5, 3));
    float[] theta = Problems.theta(network, 3);
    float[] expected = gradient(ShimDevice.open(), network, theta, episodes);
    Map<String, Integer> seen = new TreeMap<>();
    for (long bytes = 32 << 10; bytes < 4 * MIB; bytes += bytes / 8) {
      try {
        assertThat(gradient(ShimDevice.open(bytes), network, theta, episodes)).isEqualTo(expected);
        seen.merge("the same bits", 1, Integer::sum);
      } catch (DeviceMemoryException e) {
        String message = String.valueOf(e.getMessage());
        seen.merge(message.replaceAll("[0-9,]+", "#"), 1, Integer::sum);
      }
    }
    assertThat(seen).containsKey("the same bits");
    assertThat(String.join("\n", seen.keySet()))
        .contains("but one task needs # MiB")
        .contains("tasks fit: use smaller meta-batches");
  }

  private static float[] gradient(
      ShimDevice device, NetworkSpec network, float[] theta, List<Episode> episodes) {
    MetaGradient gradient = MetaGradient.of(theta.length);
    try (CudaProgram program = new CudaProgram(device, network, Arithmetic.SPLIT)) {
      program.metaGradient(
          theta,
          episodes,
          MetaObjective.of(InnerLoop.sgd(2, 0.05f), MetaRule.SECOND_ORDER),
          gradient);
    }
    return gradient.parameters();
  }
}
