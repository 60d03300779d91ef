package io.engram.cli.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.cli.view.View.Ending;
import io.engram.core.evaluation.ScoreWindow;
import io.engram.core.guard.Case;
import io.engram.core.guard.Cause;
import io.engram.core.guard.Quarantine;
import io.engram.core.task.LogPosition;
import io.engram.learner.Learned;
import io.engram.learner.ScoresShown;
import io.engram.model.Measure;
import io.engram.predict.PredictStatus;
import io.engram.predict.domain.KeyScores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;

final class ViewsTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintWriter out = new PrintWriter(bytes, true, UTF_8);

  @Test
  void theLastJsonLineOfACompleteRunIsItsSummary() throws JsonProcessingException {
    JsonView view = new JsonView(out);
    view.note("starting");
    view.started(info());
    view.progress(status(1.0));
    view.ended(status(2.5), Ending.COMPLETE);
    String[] lines = bytes.toString(UTF_8).split("\n", -1);
    ObjectMapper json = new ObjectMapper();
    for (int i = 0; i < lines.length - 1; i++) {
      assertThat(json.readTree(lines[i]).get("event").asText()).isNotEmpty();
    }
    JsonNode summary = json.readTree(lines[lines.length - 2]);
    assertThat(summary.get("event").asText()).isEqualTo("summary");
    assertThat(summary.get("examplesSent").asLong()).isEqualTo(160_000);
    assertThat(summary.get("examplesInTasks").asLong()).isEqualTo(159_900);
    assertThat(summary.get("examplesRejected").asLong()).isEqualTo(20);
    assertThat(summary.get("examplesOpen").asLong()).isEqualTo(80);
    assertThat(summary.get("tasks").asLong()).isEqualTo(2000);
    assertThat(summary.get("metaUpdates").asLong()).isEqualTo(8000);
    assertThat(summary.get("modelVersion").asLong()).isEqualTo(51);
    assertThat(summary.get("metric").asText()).isEqualTo("accuracy");
    assertThat(summary.get("first200").get("untrained").isNull()).isTrue();
    assertThat(summary.get("last200").get("model").asDouble()).isEqualTo(0.884);
    assertThat(summary.get("last200").get("untrained").asDouble()).isEqualTo(0.45);
    assertThat(summary.get("last200").get("nearestNeighbour").asDouble()).isEqualTo(0.474);
    assertThat(summary.get("seconds").asDouble()).isEqualTo(2.5);
  }

  @Test
  void aModelThatABaselineBeatsIsCalledSo() throws JsonProcessingException {
    RunStatus beaten = status(2.5, ScoreWindow.of(200, 0.6, 0.5, 0.55, 0.5, 0.4, Double.NaN, 0.7));
    new JsonView(out).ended(beaten, Ending.COMPLETE);
    JsonNode summary = new ObjectMapper().readTree(bytes.toString(UTF_8));
    assertThat(summary.get("last200").get("baselines").get("supportFit").asDouble()).isEqualTo(0.7);
    assertThat(summary.get("last200").get("baselines").has("threeNearest")).isFalse();
    assertThat(summary.get("verdict").asText())
        .isEqualTo(
            "the model does not beat the linear fit: 60.0 % beside 70.0 % over the last 200 tasks");
    assertThat(SummaryTable.lines(beaten, Ending.COMPLETE))
        .anyMatch(line -> line.contains("does not beat the linear fit"));
  }

  @Test
  void aModelThatBeatsThemAllNeedsNoVerdict() throws JsonProcessingException {
    new JsonView(out).ended(status(2.5), Ending.COMPLETE);
    assertThat(new ObjectMapper().readTree(bytes.toString(UTF_8)).has("verdict")).isFalse();
    assertThat(SummaryTable.lines(status(1), Ending.COMPLETE))
        .noneMatch(line -> line.contains("does not beat"));
  }

  @Test
  void whatWasKeptOutOfLearningIsCountedAndTheFirstIsNamed() throws JsonProcessingException {
    Case first = new Case("k999", new LogPosition(0, 327), Cause.LABELS, "it has the label 1.0E20");
    Quarantine quarantine =
        Quarantine.NONE
            .with(first)
            .with(new Case("k1", new LogPosition(0, 400), Cause.DIVERGED, "it is lost"))
            .with(new Case("k2", new LogPosition(0, 401), Cause.SHARE, "it had its share"));
    RunStatus status = status(1);
    RunStatus kept =
        new RunStatus(
            status.sent(),
            status.rejectedBy(),
            status.leftOver(),
            status.open(),
            new Learned(2000, 159_900, 0, 8000, 2000, quarantine),
            status.scores(),
            status.modelVersion(),
            status.answers(),
            status.seconds());
    new JsonView(out).ended(kept, Ending.COMPLETE);
    JsonNode summary = new ObjectMapper().readTree(bytes.toString(UTF_8));
    assertThat(summary.get("quarantined"))
        .hasToString(
            "{\"count\":2,\"labels\":1,\"diverged\":1,\"first\":{\"key\":\"k999\",\"taskPartition\":0,\"taskOffset\":327,\"reason\":\"it has the label 1.0E20\"}}");
    assertThat(summary.get("tasksBeyondShare").asLong()).isEqualTo(1);
    assertThat(SummaryTable.lines(kept, Ending.COMPLETE))
        .anyMatch(line -> line.contains("2 tasks were absurd and not learned from"))
        .anyMatch(line -> line.contains("1 tasks were not learned from"));
  }

  @Test
  void anInterruptedRunHasNoSummary() {
    new JsonView(out).ended(status(1), Ending.INTERRUPTED);
    assertThat(bytes.toString(UTF_8)).startsWith("{\"event\":\"interrupted\"");
  }

  @Test
  void plainTextShowsTheScoresSideBySideAndTheAccounts() {
    PlainView view = new PlainView(out);
    view.started(info());
    view.progress(status(10));
    view.progress(status(11));
    view.progress(status(15));
    view.ended(status(16), Ending.COMPLETE);
    String text = bytes.toString(UTF_8);
    assertThat(text.lines().filter(line -> line.contains("meta-updates,"))).hasSize(3);
    assertThat(text)
        .contains("learning from letters")
        .contains("learned model                  52.1 %             88.4 %")
        .contains("never updated                       –             45.0 %")
        .contains("160,000 sent = 159,900 in tasks + 20 rejected + 80 open");
  }

  @Test
  void theLiveViewDrawsOnATerminal() throws IOException {
    try (Terminal terminal =
            new DumbTerminal("test", "ansi", new ByteArrayInputStream(new byte[0]), bytes, UTF_8);
        LiveView view = new LiveView(terminal)) {
      view.note("starting");
      view.started(info());
      view.progress(status(1));
      view.ended(status(2), Ending.INTERRUPTED);
    }
    assertThat(bytes.toString(UTF_8)).contains("88.4 %").contains("Stopped after 2 s");
  }

  @Test
  void aSparklineSpansItsLowestAndHighestValue() {
    List<Double> rising = DoubleStream.iterate(0, it -> it + 1).limit(80).boxed().toList();
    assertThat(Words.sparkline(rising, 8)).isEqualTo("▁▂▃▄▅▆▇█");
    assertThat(Words.sparkline(List.of(1.0, 1.0), 8)).isEqualTo("▅▅");
    assertThat(Words.sparkline(List.of(1.0), 8)).isEmpty();
  }

  @Test
  void whatWasAnsweredIsSaidWithItsScoreBesideTheSimpleThing() throws JsonProcessingException {
    new JsonView(out).ended(status(1), Ending.COMPLETE);
    assertThat(new ObjectMapper().readTree(bytes.toString(UTF_8)).get("answers"))
        .hasToString(
            "{\"answered\":1000,\"unanswerable\":20,\"waiting\":0,\"labelsCame\":400,\"score\":0.9,\"scoreBesideSimple\":0.905,\"simple\":0.6,\"behindSimple\":[{\"key\":\"shop-7\",\"labelsCame\":25,\"score\":0.4,\"simple\":0.6}]}");
    assertThat(SummaryTable.lines(status(1), Ending.COMPLETE))
        .anyMatch(
            line ->
                line.contains(
                    "1,000 · 20 without an answer · accuracy 90.0 % of the 400 whose labels came · commonest class or mean 60.0 %"))
        .contains(
            "answers worse than commonest class or mean: shop-7 40.0 % beside 60.0 % (25 answers)");
  }

  private static RunInfo info() {
    return new RunInfo("letters", Path.of("state"), "127.0.0.1:1", "off", 12);
  }

  private static RunStatus status(double seconds) {
    return status(seconds, ScoreWindow.of(200, 0.884, 0.45, 0.474));
  }

  private static RunStatus status(double seconds, ScoreWindow last) {
    return new RunStatus(
        160_000,
        new RejectedBy(20, Map.of("not-a-number", new RejectedBy.Reason(20, "row 7"))),
        0,
        80,
        new Learned(2000, 159_900, 0, 8000, 2000),
        new ScoresShown(
            Measure.ACCURACY,
            ScoreWindow.of(200, 0.521, Double.NaN, 0.46),
            last,
            List.of(0.1, 0.5, 0.9)),
        51,
        new PredictStatus(
            1_000,
            20,
            0,
            400,
            0.9,
            0.6,
            0.905,
            List.of(new KeyScores.Behind("shop-7", 25, 0.4, 0.6, 0.2))),
        seconds);
  }
}
