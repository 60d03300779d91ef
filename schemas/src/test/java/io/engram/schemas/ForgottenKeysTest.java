package io.engram.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.schemas.avro.Forgetting;
import io.engram.schemas.avro.ForgettingStage;
import io.engram.schemas.avro.PartitionOffset;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the topic of forgotten keys says. */
class ForgottenKeysTest {

  private static final byte[] SALT = {9, 8, 7};

  @Test
  void keysAreKnownByTheirDigestsAlone() {
    ForgottenKeys keys = ForgottenKeys.NONE.with(of(1, "tenant-42", ForgettingStage.DONE, 1));

    assertThat(keys.contains("tenant-42".getBytes(UTF_8))).isTrue();
    assertThat(keys.contains("tenant-4".getBytes(UTF_8))).isFalse();
    assertThat(keys.contains(null)).isFalse();
    assertThat(
            new String(
                Wire.forgetting().encode(of(1, "tenant-42", ForgettingStage.DONE, 1)), UTF_8))
        .doesNotContain("tenant-42");
    assertThat(keys.salt()).as("one salt for all").isEqualTo(SALT);
    assertThat(ForgottenKeys.NONE.salt()).hasSize(16).isNotEqualTo(ForgottenKeys.NONE.salt());
  }

  @Test
  void theNewestRecordOfANumberSaysHowFarItHasCome() {
    ForgottenKeys keys =
        ForgottenKeys.of(
            List.of(
                of(1, "a", ForgettingStage.MARKED, 0),
                of(1, "a", ForgettingStage.COPIED, 1),
                of(1, "a", ForgettingStage.DONE, 1),
                of(2, "b", ForgettingStage.COPIED, 2)));

    assertThat(keys.size()).isEqualTo(2);
    assertThat(keys.halfReplaced().orElseThrow().getNumber()).isEqualTo(2);
    ForgottenKeys done =
        keys.with(of(2, "b", ForgettingStage.DONE, 2))
            .with(
                Forgetting.newBuilder(of(3, "c", ForgettingStage.DONE, 2))
                    .setTaskEnds(List.of())
                    .build());
    assertThat(done.halfReplaced()).isEmpty();
    assertThat(done.generation()).isEqualTo(2);
    assertThat(done.newestWriting().orElseThrow().getNumber())
        .as("the third was found nowhere, and nothing was written anew for it")
        .isEqualTo(2);
    assertThat(done.contains("c".getBytes(UTF_8))).isTrue();
  }

  @Test
  void whatIsNoForgettingIsPassedOverAndCounted() {
    byte[] salt = new byte[16];
    byte[] genuine = Wire.forgetting().encode(salted(1, salt, 32));
    ForgottenKeys keys =
        ForgottenKeys.decoded(
            List.of(
                entry("1", new byte[0]),
                entry("1", "garbage".getBytes(UTF_8)),
                entry("1", Arrays.copyOf(genuine, genuine.length - 3)),
                entry("0", Wire.forgetting().encode(salted(0, salt, 32))),
                entry("1", Wire.forgetting().encode(salted(1, salt, 7))),
                entry("1", genuine),
                entry("2", Wire.forgetting().encode(salted(2, SALT, 32))),
                entry("4", Wire.forgetting().encode(salted(3, salt, 32))),
                entry("3", Wire.forgetting().encode(salted(3, salt, 32))),
                new ForgottenKeys.Entry(null, genuine),
                new ForgottenKeys.Entry("2".getBytes(UTF_8), null)));

    assertThat(keys.size()).isEqualTo(2);
    assertThat(keys.foreign()).isEqualTo(8);
    assertThat(keys.salt()).isEqualTo(salt);
  }

  private static ForgottenKeys.Entry entry(String key, byte[] value) {
    return new ForgottenKeys.Entry(key.getBytes(UTF_8), value);
  }

  private static Forgetting salted(long number, byte[] salt, int digestBytes) {
    Forgetting forgetting = of(number, "a", ForgettingStage.DONE, 0);
    forgetting.setSalt(ByteBuffer.wrap(salt));
    forgetting.setDigest(ByteBuffer.allocate(digestBytes));
    return forgetting;
  }

  /** As it is read from the topic: Avro copies only records of classes that the wire has told it to trust. */
  private static Forgetting of(long number, String key, ForgettingStage stage, long generation) {
    return Wire.forgetting()
        .decode(
            Wire.forgetting()
                .encode(
                    new Forgetting(
                        number,
                        Instant.EPOCH,
                        ByteBuffer.wrap(SALT),
                        ForgottenKeys.digest(SALT, key.getBytes(UTF_8)),
                        stage,
                        generation,
                        List.of(new PartitionOffset(0, 10L)),
                        List.of())));
  }
}
