package io.engram.predict.kafka;

import io.engram.ingest.kafka.forget.OtherApplication;
import io.engram.schemas.Topics;
import java.util.List;
import java.util.Map;

/** What the role has of a task key on topics, for whoever takes it out. Counts stay: they name no key. */
public final class PredictForgetting {

  private PredictForgetting() {}

  /** Its group, its topics and where the key stands in its changelog. */
  public static OtherApplication of(Topics topics) {
    String application = PredictStreams.applicationId(topics);
    return new OtherApplication(
        application,
        List.of(topics.labels(), topics.predictions()),
        Map.of(PredictStreams.changelog(topics), StoreKeys::belongs));
  }
}
