package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.client.Subscription.Step;
import io.engram.client.Versions.Version;
import io.engram.client.kafka.UpdateRecord;
import io.engram.schemas.Wire;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.signing.Seal;
import io.engram.schemas.signing.Sealed;
import io.engram.schemas.signing.SigningKey;
import io.engram.schemas.signing.TrustedKeys;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Example;
import org.jspecify.annotations.Nullable;

class SignedUpdatesTest {

  private static final SigningKey KEY = SigningKey.make();

  private final Subscription subscription =
      new Subscription("m", TrustedKeys.of(KEY.publicKey()), Clock.systemUTC());
  private long offset;

  @Example
  void onlyWhatTheRegistrySignedIsTaken() {
    subscription.caughtUp();
    taken(publish(1, 10, KEY));
    refused(publish(999_999, 11, null), "it is not signed");
    refused(publish(999_999, 11, SigningKey.make()), "which is not trusted");
    taken(publish(2, 12, KEY));
  }

  @Example
  void anOlderPublicationOnceMoreIsRefusedAndARollbackIsNot() {
    subscription.caughtUp();
    taken(publish(1, 10, KEY));
    taken(publish(2, 12, KEY));
    refused(publish(1, 10, KEY), "it is publication 10, and 12 has come");
    taken(publish(1, 14, KEY));
    taken(publish(1, 14, KEY));
  }

  @Example
  void aSignatureIsOfOneNumberAndOneManifest() {
    subscription.caughtUp();
    Version version = version(3);
    byte[] manifest = Wire.modelManifest().encode(version.manifest());
    Seal seal = KEY.seal(Sealed.UPDATE, SealHeaders.number(5), manifest);
    chunks(version);
    refused(
        subscription.accept(record(manifest, seal, OptionalLong.of(500))),
        "its signature by the key");
    chunks(version);
    refused(
        subscription.accept(record(manifest, seal, OptionalLong.empty())),
        "its signature by the key");
    chunks(version);
    refused(
        subscription.accept(
            record(Wire.modelManifest().encode(version(4).manifest()), seal, OptionalLong.of(5))),
        "its signature by the key");
  }

  @Example
  void whoComesLateTakesTheNewestThatIsSigned() {
    assertThat(publish(1, 10, KEY)).isEmpty();
    assertThat(publish(2, 12, KEY)).isEmpty();
    refused(publish(1, 10, KEY), "somebody wrote it once more");
    refused(publish(999_999, 13, null), "it is not signed");

    assertThat(subscription.caughtUp())
        .get()
        .isInstanceOfSatisfying(
            Step.Updated.class, it -> assertThat(it.model().version()).isEqualTo(2));
  }

  private Optional<Step> publish(long number, long publication, @Nullable SigningKey key) {
    Version version = version(number);
    chunks(version);
    byte[] manifest = Wire.modelManifest().encode(version.manifest());
    Seal seal =
        key == null ? null : key.seal(Sealed.UPDATE, SealHeaders.number(publication), manifest);
    return subscription.accept(record(manifest, seal, OptionalLong.of(publication)));
  }

  private void chunks(Version version) {
    version
        .chunks()
        .forEach(
            chunk ->
                subscription.accept(
                    record(Wire.modelChunk().encode(chunk), null, OptionalLong.empty())));
  }

  private static Version version(long number) {
    return Versions.of("m", number, "input(1) dense(1) mse");
  }

  private UpdateRecord record(byte[] value, @Nullable Seal seal, OptionalLong publication) {
    return new UpdateRecord(value, 0, offset++, seal, publication, Optional.empty());
  }

  private static void taken(Optional<Step> step) {
    assertThat(step).get().isInstanceOf(Step.Updated.class);
  }

  private static void refused(Optional<Step> step, String why) {
    assertThat(step)
        .get()
        .isInstanceOfSatisfying(
            Step.Refused.class, it -> assertThat(it.update().reason()).contains(why));
  }
}
