package io.engram.cli;

import io.engram.cli.config.Layers;
import io.engram.cli.source.SourceKinds;
import io.engram.core.continual.ContinualKind;
import io.engram.core.continual.ContinualKinds;
import io.engram.engine.Engines;
import io.engram.learner.MetaConfig;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What to learn from: names for the keys of section {@code source} that people use most. */
final class SourceOptions {

  @Option(
      names = "--source",
      paramLabel = "NAME",
      completionCandidates = SourceNames.class,
      description = "${COMPLETION-CANDIDATES}. Default: sinusoid.")
  private @Nullable String source;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Sessions to send, or 'unlimited' (sinusoid, omniglot).")
  private @Nullable String tasks;

  @Option(names = "--ways", paramLabel = "N", description = "Classes of a session (omniglot).")
  private @Nullable String ways;

  @Option(
      names = "--shots",
      paramLabel = "N",
      description = "Examples to adapt on: of each class (omniglot), of each wave (sinusoid).")
  private @Nullable String shots;

  @Option(names = "--queries", paramLabel = "N", description = "Examples to be judged on.")
  private @Nullable String queries;

  @Option(names = "--seed", paramLabel = "N", description = "The root of all randomness.")
  private @Nullable String seed;

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      completionCandidates = LearnerNames.class,
      description =
          "From tasks: reptile … ridge; the others are continual learners: ${COMPLETION-CANDIDATES}.")
  private @Nullable String algorithm;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      completionCandidates = EngineNames.class,
      description =
          "What computes: ${COMPLETION-CANDIDATES}. Default: auto; 'engram engines' says which run here.")
  private @Nullable String engine;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Directory with the Omniglot archives (omniglot), or with key/class/file (images).")
  private @Nullable String data;

  @Option(
      names = "--download",
      description = "Fetch the Omniglot archives into that directory if they are not there.")
  private boolean download;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "CSV with a header (also .gz, .zst), or - for the standard input (csv).")
  private @Nullable String file;

  @Option(
      names = "--key",
      paramLabel = "COL",
      description = "Column that says what belongs together: user, station … (csv).")
  private @Nullable String key;

  @Option(names = "--label", paramLabel = "COL", description = "Column to predict (csv).")
  private @Nullable String label;

  @Option(
      names = "--ignore",
      paramLabel = "COL,…",
      description = "Columns to leave out; all others are features (csv).")
  private @Nullable String ignore;

  @Option(
      names = "--column",
      paramLabel = "COL=KIND",
      description =
          "What a column is, where it was taken for something else: text, words, number, date, date:PATTERN, yes-no or ignore. May be "
              + "given several times (csv).")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description = "Encoding of the file, such as windows-1252; default utf-8 (csv).")
  private @Nullable String charset;

  @ArgGroup(exclusive = true)
  private @Nullable Kind kind;

  @Option(
      names = "--missing",
      paramLabel = "HOW",
      description =
          "What becomes of missing features: mark (default: their column's mean so far, and a number that says so), mean or reject.")
  private @Nullable String missing;

  @Option(
      names = "--missing-marks",
      paramLabel = "WORD,…",
      description =
          "What stands for a missing value beside an empty cell: auto (default: NA, NaN, null …), none, words or numbers, e.g. auto,-9999 (csv).")
  private @Nullable String missingMarks;

  /** Those there are. */
  private static final class SourceNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SourceKinds.names().iterator();
    }
  }

  /** Those of tasks, then the continual ones. */
  private static final class LearnerNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(
              MetaConfig.ALGORITHMS.stream(),
              ContinualKinds.all().stream().map(ContinualKind::name))
          .iterator();
    }
  }

  /** Those there are, and auto. */
  private static final class EngineNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Engines.names().iterator();
    }
  }

  /** What the label column holds. */
  private static final class Kind {
    @Option(
        names = "--classification",
        description = "The label column names classes (csv; default: as it looks).")
    private boolean classification;

    @Option(names = "--regression", description = "The label column holds numbers (csv).")
    private boolean regression;

    String word() {
      return regression && !classification ? "regression" : "classification";
    }

    String option() {
      return "--" + word();
    }
  }

  Layers over(Layers layers) {
    Layers over = layers;
    over = with(over, "source.kind", "--source", source);
    over = with(over, "source.tasks", "--tasks", tasks);
    over = with(over, "source.ways", "--ways", ways);
    over = with(over, "source.shots", "--shots", shots);
    over = with(over, "source.queries", "--queries", queries);
    over = with(over, "seed", "--seed", seed);
    over = with(over, "learner.algorithm", "--algorithm", algorithm);
    over = with(over, "learner.engine", "--engine", engine);
    over = with(over, "source.omniglot.data", "--data", data);
    over = with(over, "source.images.data", "--data", data);
    over = with(over, "source.omniglot.download", "--download", download ? "true" : null);
    over = with(over, "source.csv.file", "--file", file);
    over = with(over, "source.csv.key", "--key", key);
    over = with(over, "source.csv.label", "--label", label);
    over = with(over, "source.csv.ignore", "--ignore", ignore);
    over = with(over, "source.csv.charset", "--charset", charset);
    over =
        with(
            over,
            "source.csv.columns",
            "--column",
            columns.isEmpty() ? null : String.join(",", columns));
    over = with(over, "source.csv.missing", "--missing", missing);
    over = with(over, "source.csv.missing-marks", "--missing-marks", missingMarks);
    return kind == null ? over : over.withOption("source.csv.kind", kind.option(), kind.word());
  }

  private static Layers with(Layers layers, String key, String option, @Nullable String value) {
    return value == null ? layers : layers.withOption(key, option, value);
  }
}
