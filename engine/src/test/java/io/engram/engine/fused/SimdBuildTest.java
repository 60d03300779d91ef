package io.engram.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library among the resources is what its sources say, where there is a compiler to tell. */
class SimdBuildTest {

  private static final Path SCRIPT = Path.of("src/main/native/build");

  @Test
  void aLibraryBuiltAnewComputesTheSameBits(@TempDir Path directory) throws Exception {
    assumeTrue(Simd.PRESENT, "no kernels for this platform");
    assumeTrue(Files.exists(SCRIPT), "not in a checkout");
    assumeTrue(there("gcc"), "no gcc here");
    Path resources = directory.resolve("io/engram/engine/fused");
    Process build =
        new ProcessBuilder(SCRIPT.toAbsolutePath().toString(), "--here", resources.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(build.waitFor()).as(output).isZero();

    String classes = System.getProperty("java.class.path");
    String path = System.getProperty("path.separator");
    String committed = digest(classes);
    assertThat(committed).startsWith(String.valueOf(Simd.load().kernels()));
    assertThat(digest(directory + path + classes)).isEqualTo(committed);
  }

  private static boolean there(String program) {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String digest(String classPath) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String asked = System.getProperty(SimdLibrary.PROPERTY);
    if (asked != null) {
      command.add("-D" + SimdLibrary.PROPERTY + "=" + asked);
    }
    command.addAll(List.of("-cp", classPath, SimdDigest.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.strip();
  }
}
