package io.engram.cli.engines;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** What is to be said of one engine. */
public sealed interface EngineReport {

  /** The name in a configuration. */
  String engine();

  /** In one line, for people. */
  String inWords();

  /** The same for programs. */
  ObjectNode json();

  /** It runs the smoke workload. */
  record Runs(String engine, int rank, String device, double microsPerTaskStep, double difference)
      implements EngineReport {

    private static final double THOUSANDTHS = 1000;

    @Override
    public String inWords() {
      return String.format(
          Locale.ROOT,
          "%s: %.1f µs a task-step, differs from fused by %.1e",
          device,
          microsPerTaskStep,
          difference);
    }

    @Override
    public ObjectNode json() {
      return head(engine, rank, true)
          .put("device", device)
          .put("microsPerTaskStep", Math.round(microsPerTaskStep * THOUSANDTHS) / THOUSANDTHS)
          .put("differenceFromFused", difference);
    }
  }

  /** It runs here, but not the smoke workload. */
  record Fails(String engine, int rank, String device, String reason) implements EngineReport {

    @Override
    public String inWords() {
      return "%s: does not run the smoke workload: %s".formatted(device, reason);
    }

    @Override
    public ObjectNode json() {
      return head(engine, rank, true).put("device", device).put("reason", reason);
    }
  }

  /** It does not run here. */
  record Absent(String engine, int rank, String reason) implements EngineReport {

    @Override
    public String inWords() {
      return "not here: " + reason;
    }

    @Override
    public ObjectNode json() {
      return head(engine, rank, false).put("reason", reason);
    }
  }

  private static ObjectNode head(String engine, int rank, boolean runsHere) {
    return new ObjectMapper()
        .createObjectNode()
        .put("engine", engine)
        .put("rank", rank)
        .put("here", runsHere);
  }
}
