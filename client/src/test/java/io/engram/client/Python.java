package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** A Python with numpy, where this machine has one: {@code python/tests/python3.sh} finds it. */
final class Python {

  private static final Path SOURCES = Path.of("../python").toAbsolutePath().normalize();

  private Python() {}

  /**
   * Finds it.
   *
   * @throws TestAbortedException where there is none, so that the test is skipped and says why
   */
  static Python require() throws Exception {
    End end = ends("-c", "pass");
    if (end.code != 0) {
      throw new TestAbortedException("SKIPPED: " + end.output.strip());
    }
    return new Python();
  }

  private record End(int code, String output) {}

  /** Runs a program of the package that is to end well, within two minutes. */
  void run(String... arguments) throws Exception {
    End end = ends(arguments);
    assertThat(end.code).as("python3 %s%n%s", String.join(" ", arguments), end.output).isZero();
  }

  private static End ends(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "tests/python3.sh"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("python", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(SOURCES.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("PYTHONPATH", SOURCES.toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    try {
      Process process = builder.start();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return new End(-1, "it did not end within two minutes");
      }
      return new End(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new End(-1, e.toString()); // no shell
    } finally {
      Files.delete(output);
    }
  }
}
