package io.engram.schemas.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningTest {

  private static final byte[] TEXT = "a version".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @Test
  void whatWasSignedIsGoodAndNothingElseIs() {
    SigningKey key = SigningKey.make();
    TrustedKeys trusted = TrustedKeys.of(key.publicKey());
    Seal seal = key.seal(Sealed.UPDATE, TEXT, new byte[] {7});

    assertThat(trusted.verify(Sealed.UPDATE, seal, TEXT, new byte[] {7})).isTrue();
    assertThat(trusted.verify(Sealed.CANDIDATE, seal, TEXT, new byte[] {7})).isFalse();
    assertThat(trusted.verify(Sealed.UPDATE, seal, TEXT, new byte[] {8})).isFalse();
    assertThat(trusted.verify(Sealed.UPDATE, seal, TEXT)).isFalse();
    assertThat(trusted.verify(Sealed.UPDATE, new Seal(key.id(), new byte[3]), TEXT)).isFalse();
    assertThat(trusted.verify(Sealed.UPDATE, null, TEXT)).isFalse();
    assertThat(TrustedKeys.NONE.verify(Sealed.UPDATE, seal, TEXT, new byte[] {7})).isFalse();
    assertThat(TrustedKeys.of(SigningKey.make().publicKey()).problem(seal))
        .contains(key.id(), "which is not trusted");
    assertThat(key.toString()).isEqualTo("signing key " + key.id());
  }

  @Test
  void aKeyIsMadeOnceForItsOwnerAlone() throws IOException {
    KeyDirectory keys = new KeyDirectory(directory.resolve("keys"));
    SigningKey made = keys.signing();

    assertThat(new KeyDirectory(directory.resolve("keys")).signing().id()).isEqualTo(made.id());
    Path secret = directory.resolve("keys/signing.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(keys::signing).hasMessageContaining("may be read by others");
  }

  @Test
  void aRotatedKeySignsAndTheOneBeforeIsStillTrusted() {
    KeyDirectory keys = new KeyDirectory(directory);
    SigningKey before = keys.signing();
    SigningKey after = keys.rotate();

    assertThat(keys.signing().id()).isEqualTo(after.id()).isNotEqualTo(before.id());
    for (SigningKey key : List.of(before, after)) {
      assertThat(keys.trusted().verify(Sealed.EVENT, key.seal(Sealed.EVENT, TEXT), TEXT)).isTrue();
    }
  }

  @Test
  void whatIsNoKeyIsSaid() throws IOException {
    KeyDirectory keys = new KeyDirectory(directory);
    var unused = keys.signing();
    Files.writeString(directory.resolve("signing.key"), "private topsecret\n");
    assertThatThrownBy(keys::signing)
        .hasMessageContaining("holds no key")
        .hasMessageNotContaining("topsecret");
    assertThatThrownBy(() -> TrustedKeys.parse(List.of("abc # mine")))
        .hasMessageContaining("found 'abc', expected an Ed25519 public key");
    assertThat(TrustedKeys.parse(List.of("# nothing", ""))).isEqualTo(TrustedKeys.NONE);
  }
}
