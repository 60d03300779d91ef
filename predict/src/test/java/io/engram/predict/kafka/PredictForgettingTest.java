package io.engram.predict.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.ingest.kafka.forget.OtherApplication.Ownership;
import io.engram.predict.domain.AskedId;
import io.engram.schemas.Topics;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a task key stands in the role's changelogs. */
class PredictForgettingTest {

  private static final byte[] KEY = "shop".getBytes(UTF_8);

  private final Map<String, Ownership> changelogs =
      PredictForgetting.of(new Topics("t.")).changelogs();

  @Test
  void everyRecordThatNamesAKeyKnowsWhose() {
    assertThat(changelogs).containsOnlyKeys("t.engram-predict-memory-changelog");
    for (String key : new String[] {"shop", "shop-7", "sho", "pohs", ""}) {
      AskedId asked = new AskedId(key, "shop");
      boolean own = key.equals("shop");
      assertThat(belongs(StoreKeys.rowsOf(key))).isEqualTo(own);
      assertThat(belongs(StoreKeys.row(key, 7))).isEqualTo(own);
      assertThat(belongs(StoreKeys.question(asked))).isEqualTo(own);
      assertThat(belongs(StoreKeys.due(7, asked))).isEqualTo(own);
      assertThat(belongs(StoreKeys.waiting(7, asked))).isEqualTo(own);
    }
    assertThat(belongs(StoreKeys.count("shop"))).isFalse();
    assertThat(belongs(new byte[0])).isFalse();
  }

  private boolean belongs(byte[] recordKey) {
    return requireNonNull(changelogs.get("t.engram-predict-memory-changelog"))
        .belongs(recordKey, KEY);
  }
}
