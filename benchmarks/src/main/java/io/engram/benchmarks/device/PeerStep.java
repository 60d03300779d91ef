package io.engram.benchmarks.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.benchmarks.BenchReport.Case;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The same cases in PyTorch on the same card, where this machine's Python has it: {@code peer.py} measures, checks that it computes the
 * same, and leaves {@value #RESULTS} beside our own results.
 */
final class PeerStep implements Step {

  static final String RESULTS = "peer.json";

  /** Seconds that the peer keeps free for its end. */
  private static final int MARGIN = 8;

  private static final double SAME = 1e-4;

  @Override
  public void run(StepContext context) {
    Path script = script();
    if (!Files.exists(script)) {
      context.cases().add(Remark.missing("peer", "torch", "there is no " + script));
      return;
    }
    try {
      int code = run(context, script);
      if (code != 0) {
        context.cases().add(Remark.missing("peer", "torch", "peer.py ended with code " + code));
      }
      Path results = context.places().out().resolve(RESULTS);
      if (Files.exists(results)) {
        context.cases().addAll(lines(new ObjectMapper().readTree(results.toFile())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the peer cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the peer ran", e);
    }
  }

  private static Path script() {
    String given = System.getProperty("engram.peer", "");
    return given.isBlank()
        ? Path.of(System.getProperty("engram.home", "."), "benchmarks", "device", "peer.py")
        : Path.of(given);
  }

  private static int run(StepContext context, Path script)
      throws IOException, InterruptedException {
    String python = System.getenv().getOrDefault("ENGRAM_PYTHON", "python3");
    List<String> command =
        new ArrayList<>(
            List.of(
                python,
                "-u",
                script.toString(),
                "--seconds",
                Long.toString(Math.max(5, (long) context.budget().left() - MARGIN)),
                "--out",
                context.places().out().resolve(RESULTS).toString()));
    Path sample = context.places().work().resolve(SampleStep.HEADER);
    if (Files.exists(sample)) {
      command.addAll(List.of("--sample", sample.toString()));
    }
    if (context.quick()) {
      command.add("--quick");
    }
    Process process;
    try {
      process = new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      context.say().accept("no " + python + " here: " + e.getMessage());
      return -1;
    }
    try {
      long seconds = (long) Math.max(1, context.budget().left());
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        context.say().accept("the peer was killed after " + seconds + " s");
        return -1;
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** What the peer found, as lines of our report. */
  static List<Case> lines(JsonNode peer) {
    List<Case> lines = new ArrayList<>();
    for (JsonNode limit : peer.path("limits")) {
      lines.add(
          Case.of(
              "card",
              limit.path("name").asText(),
              limit.path("value").asDouble(),
              limit.path("unit").asText(),
              ""));
    }
    for (JsonNode check : peer.path("checks")) {
      double difference = check.path("difference").asDouble();
      lines.add(
          Case.of(
                  check.path("case").asText() + " " + check.path("rule").asText(),
                  "torch off ours, best quarter",
                  difference * 1e6,
                  "1e-6",
                  check.path("variant").asText())
              .goal("<= " + Math.round(SAME * 1e6), difference <= SAME));
    }
    for (JsonNode timing : peer.path("timings")) {
      boolean tf32 = timing.path("tf32").asBoolean();
      lines.add(
          Case.of(
              String.format(
                  Locale.ROOT,
                  "%s %d %s",
                  timing.path("case").asText(),
                  timing.path("tasks").asInt(),
                  timing.path("rule").asText()),
              tf32 ? PeerComparison.TORCH_TF32 : PeerComparison.TORCH,
              timing.path("ms").asDouble(),
              "ms",
              timing.path("variant").asText()));
    }
    for (JsonNode failure : peer.path("failures")) {
      lines.add(Remark.missing("peer", "failure", failure.asText()));
    }
    return lines;
  }
}
