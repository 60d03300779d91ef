package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.cli.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A source that nothing of ours knows is named, explained, configured and learned from like ours. */
@Timeout(180)
final class AddedSourceTest {

  private final String state;

  AddedSourceTest(@TempDir Path directory) {
    this.state = directory.resolve("state").toString();
  }

  @Test
  void itIsLearnedFromThroughTheWholePipeline() throws IOException {
    Outcome outcome =
        Shell.engramRun(
            "--state",
            state,
            "--source",
            "corners",
            "--tasks",
            "60",
            "--set",
            "source.corners.spread=0.25");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    JsonNode summary = outcome.lastJson();
    assertThat(summary.get("examplesInTasks").asLong()).isEqualTo(60 * 10);
    assertThat(summary.get("tasks").asLong()).isEqualTo(60);
    assertThat(summary.get("metaUpdates").asLong()).isPositive();
    assertThat(summary.get("last200").get("model").asDouble()).isGreaterThan(0.6);
  }

  @Test
  void itIsExplainedWhereOursAre() {
    assertThat(Shell.run("run", "--help").out())
        .contains("corners, csv, images, omniglot, sinusoid");
    assertThat(Shell.run("config", "--reference").out())
        .contains(
            "# corners | csv | images | omniglot | sinusoid",
            "# How far points lie from their corner: a standard deviation, more than 0.",
            "spread = 0.5");
    assertThat(Shell.run("config", "--source", "corners").out())
        .containsPattern("source\\.kind = corners +# --source")
        .containsPattern("source\\.corners\\.spread = 0\\.5 +# default")
        .containsPattern("learner\\.inner-steps = 4 +# preset corners")
        .containsPattern("source\\.shots = 2 +# preset corners");
  }

  @Test
  void whatIsWrongWithItIsSaidInOneLine() {
    assertThat(Shell.engramRun("--state", state, "--source", "corner").errorLines())
        .containsExactly(
            "engram: source.kind (--source): found 'corner', expected one of corners, csv, images, omniglot, sinusoid; did you mean 'corners'?");
    assertThat(
            Shell.engramRun(
                    "--state", state, "--source", "corners", "--set", "source.corners.spread=0")
                .errorLines())
        .containsExactly(
            "engram: source.corners.spread (--set source.corners.spread): found '0', expected more than 0");
    assertThat(Shell.run("config", "--set", "source.corners.spred=1").errorLines())
        .containsExactly(
            "engram: unknown key 'source.corners.spred' (--set source.corners.spred); did you mean 'source.corners.spread'?");
  }
}
