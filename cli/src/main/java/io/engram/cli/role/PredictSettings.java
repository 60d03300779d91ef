package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.cli.state.StateDirectory;
import io.engram.ingest.IngestConfig;
import io.engram.ingest.kafka.StreamsRun;
import io.engram.predict.PredictConfig;
import io.engram.predict.domain.PredictRules;
import io.engram.schemas.signing.TrustedKeys;

/** Section {@code predict}; what an example is, section {@code ingest} says. */
public final class PredictSettings {

  private PredictSettings() {}

  /** The role's configuration, taking versions that are signed by whoever is trusted. */
  public static PredictConfig read(Settings settings, StateDirectory state) {
    return read(settings, state, SigningSettings.read(settings).versions());
  }

  /** The same beside the registry in one process. */
  public static PredictConfig besideRegistry(Settings settings, StateDirectory state) {
    return read(settings, state, SigningSettings.read(settings).versionsHere());
  }

  private static PredictConfig read(Settings settings, StateDirectory state, TrustedKeys trusted) {
    IngestConfig ingest = IngestSettings.read(settings, state);
    Section predict = settings.section("predict");
    return predict.build(
        () ->
            new PredictConfig(
                new StreamsRun(
                    state.predict(),
                    predict.text("instance-id"),
                    predict.integer("threads"),
                    predict.duration("commit-interval"),
                    predict.duration("start-timeout"),
                    ingest.run().topics()),
                ingest.format(),
                ingest.rules().examples(),
                ingest.rules().grouping().strays().withoutKey(),
                new PredictRules(predict.integer("rows"), predict.duration("window")),
                new PredictConfig.AnsweringModel(
                    predict.text("model"),
                    predict.integer("kept"),
                    predict.decimal("level"),
                    trusted)));
  }
}
