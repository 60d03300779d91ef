package io.engram.predict;

import io.engram.ingest.domain.ExampleRules;
import io.engram.ingest.format.FormatChoice;
import io.engram.ingest.kafka.StreamsRun;
import io.engram.predict.domain.PredictRules;
import io.engram.schemas.signing.TrustedKeys;
import java.nio.file.Path;

/**
 * Everything the role can be told.
 *
 * @param run how it runs
 * @param format how the bytes of examples are read, as ingest reads them
 * @param examples what an example must be, as ingest has it
 * @param withoutKey the task key of records without one; empty: they are passed over
 * @param rules what is remembered to answer with
 * @param model which model answers, and how
 */
public record PredictConfig(
    StreamsRun run,
    FormatChoice format,
    ExampleRules examples,
    String withoutKey,
    PredictRules rules,
    AnsweringModel model) {

  /**
   * Which model answers, and how.
   *
   * @param name of the model
   * @param kept of so many keys the adapted model is kept in memory
   * @param level of intervals: the share of truths they are to cover
   * @param trusted the registry's keys; none: whoever signed it, a version is taken
   */
  public record AnsweringModel(String name, int kept, double level, TrustedKeys trusted) {

    public AnsweringModel {
      if (kept < 1) {
        throw new IllegalArgumentException("kept is %d, expected at least 1".formatted(kept));
      }
      if (level != 0.5 && level != 0.8 && level != 0.9 && level != 0.95) {
        throw new IllegalArgumentException(
            "level is %s, expected 0.5, 0.8, 0.9 or 0.95".formatted(level));
      }
    }
  }

  /** The defaults of every key, over a directory. */
  public static PredictConfig defaults(Path stateDir) {
    return new PredictConfig(
        StreamsRun.in(stateDir),
        FormatChoice.avro(),
        ExampleRules.defaults(),
        "",
        PredictRules.defaults(),
        new AnsweringModel("default", 10_000, 0.9, TrustedKeys.NONE));
  }
}
