package io.engram.engine.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever changes a kernel and forgets to compile it is told so everywhere, also where there is no compiler. */
class KernelSourcesTest {

  /** No card is so old, so this gets PTX. */
  private static final int NO_CARD = 0;

  @Test
  void thePtxInTheJarSaysThatItWasMadeFromTheseSources()
      throws IOException, NoSuchAlgorithmException {
    assumeTrue(Files.exists(Sources.KERNELS), "not in a checkout");
    String first =
        new String(Kernels.image(NO_CARD), StandardCharsets.UTF_8).lines().findFirst().orElse("");
    assertThat(first)
        .as("run src/main/cuda/build and commit what it makes")
        .isEqualTo("// of sources with sha256 " + checksum());
  }

  /** As the script has it: kernels.cu, then the headers by name. */
  private static String checksum() throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(Files.readAllBytes(Sources.KERNELS.resolve("kernels.cu")));
    try (Stream<Path> files = Files.list(Sources.KERNELS)) {
      List<Path> headers = files.filter(file -> file.toString().endsWith(".cuh")).sorted().toList();
      for (Path header : headers) {
        digest.update(Files.readAllBytes(header));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
