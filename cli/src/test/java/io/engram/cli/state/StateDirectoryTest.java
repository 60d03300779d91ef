package io.engram.cli.state;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateDirectoryTest {

  private final Path directory;

  StateDirectoryTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void aDirectoryKeepsToItsStream() {
    StateDirectory state = StateDirectory.open(directory.resolve("a/b"));
    Map<String, String> waves = Map.of("source", "sinusoid", "shots", "10");
    state.requireStream(waves);
    state.rememberStream(waves);
    StateDirectory later = StateDirectory.open(directory.resolve("a/b"));
    assertThatNoException().isThrownBy(() -> later.requireStream(waves));
    assertThatThrownBy(() -> later.requireStream(Map.of("source", "sinusoid", "shots", "5")))
        .isInstanceOf(StateDirectoryException.class)
        .hasMessageContaining("belongs to a stream with shots '10', not '5'")
        .hasMessageContaining("--state DIR, or delete it");
    assertThatThrownBy(() -> later.requireStream(Map.of("source", "csv", "file", "x")))
        .hasMessageContaining("with source 'sinusoid', not 'csv'");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> StateDirectory.open(file.resolve("state")))
        .isInstanceOf(StateDirectoryException.class)
        .hasMessageContaining("cannot write to the state directory " + file.resolve("state"))
        .hasMessageContaining("--state DIR");
  }
}
