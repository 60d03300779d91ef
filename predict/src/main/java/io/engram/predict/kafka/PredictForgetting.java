package io.engram.predict.kafka;

import io.engram.ingest.kafka.forget.OtherApplication;
import io.engram.schemas.Topics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the role has of a task key on topics, for whoever takes it out. Counts stay: they name no key. */
public final class PredictForgetting {

  private PredictForgetting() {}

  /** Its group, its topics and where the key stands in each of its changelogs. */
  public static OtherApplication of(Topics topics) {
    String application = PredictStreams.applicationId(topics);
    return new OtherApplication(
        application,
        List.of(topics.labels(), topics.predictions()),
        Map.of(
            changelog(application, KafkaPredictStore.KEYS),
            Arrays::equals,
            changelog(application, KafkaPredictStore.ROWS),
            StoreKeys::begins,
            changelog(application, KafkaPredictStore.QUESTIONS),
            StoreKeys::begins,
            changelog(application, KafkaPredictStore.DUE),
            StoreKeys::beginsBehindTime,
            changelog(application, KafkaPredictStore.WAITING),
            StoreKeys::beginsBehindTime));
  }

  private static String changelog(String application, String store) {
    return application + "-" + store + "-changelog";
  }
}
