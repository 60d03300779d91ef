package io.engram.benchmarks.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.engram.cli.source.omniglot.OmniglotArchives;
import io.engram.cli.source.omniglot.OmniglotArchives.Sampling;
import io.engram.core.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class VinyalsSplitTest {

  private static final String UPRIGHT = "/rot000";

  @Test
  void isTheOneThatWasPublished() throws IOException {
    Path omniglot = TestData.require("omniglot");
    VinyalsSplit split;
    try (OmniglotArchives archives = OmniglotArchives.open(omniglot, Sampling.AREA)) {
      split = VinyalsSplit.of(archives.characters());
    }
    assertThat(split.train()).hasSize(1200);
    assertThat(split.test()).hasSize(423);
    Path published = omniglot.resolve("splits").resolve("vinyals");
    assumeTrue(Files.isDirectory(published), "the published lists are not there");
    assertThat(Set.copyOf(split.train())).isEqualTo(listed(published.resolve("trainval.txt")));
    assertThat(Set.copyOf(split.test())).isEqualTo(listed(published.resolve("test.txt")));
  }

  private static Set<String> listed(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return lines.stream()
        .filter(line -> line.endsWith(UPRIGHT))
        .map(line -> line.substring(0, line.length() - UPRIGHT.length()))
        .collect(Collectors.toSet());
  }
}
