package io.engram.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A Python with numpy, where this machine has one.
 *
 * @param environment what its numpy needs, name and value one after the other
 */
record Python(String program, List<String> environment) {

  /** The package and its tests. */
  static final Path SOURCES = Path.of("../python").toAbsolutePath().normalize();

  /** Where {@code .ci/run} unpacks numpy. */
  private static final Path UNPACKED = Path.of("../target/numpy").toAbsolutePath().normalize();

  /**
   * One whose numpy is installed, or unpacked in this checkout.
   *
   * @throws TestAbortedException where there is none, so that the test is skipped and says why
   */
  static Python require() throws Exception {
    List<Python> found = new ArrayList<>();
    for (String program : List.of("python3", "/usr/bin/python3")) {
      found.add(new Python(program, List.of()));
      found.add(new Python(program, unpacked()));
    }
    for (Python python : found) {
      if (python.ends("-c", "import sys, numpy; assert sys.version_info >= (3, 9)").code == 0) {
        return python;
      }
    }
    throw new TestAbortedException(
        "SKIPPED: no python3 of at least 3.9 with numpy is on the PATH, and none works with the numpy of %s, where .ci/run unpacks it"
            .formatted(UNPACKED));
  }

  private static List<String> unpacked() throws IOException {
    if (!Files.isDirectory(UNPACKED)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(UNPACKED.resolve("usr/lib"))) {
      String libraries =
          files
              .filter(
                  it ->
                      it.getFileName()
                          .toString()
                          .matches("lib(blas|lapack|gfortran|quadmath)\\.so.*"))
              .map(it -> String.valueOf(it.getParent()))
              .distinct()
              .collect(Collectors.joining(File.pathSeparator));
      return List.of(
          "LD_LIBRARY_PATH",
          libraries,
          "PYTHONPATH",
          UNPACKED.resolve("usr/lib/python3/dist-packages").toString());
    }
  }

  private record End(int code, String output) {}

  /** Runs a program that is to end well, within two minutes. */
  void run(String... arguments) throws Exception {
    End end = ends(arguments);
    assertThat(end.code).as("python3 %s%n%s", String.join(" ", arguments), end.output).isZero();
  }

  private End ends(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(SOURCES.toFile()).redirectErrorStream(true);
    String path = SOURCES.toString();
    for (int i = 0; i < environment.size(); i += 2) {
      builder.environment().put(environment.get(i), environment.get(i + 1));
      if (environment.get(i).equals("PYTHONPATH")) {
        path += File.pathSeparator + environment.get(i + 1);
      }
    }
    builder.environment().put("PYTHONPATH", path);
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Path output = Files.createTempFile("python", ".txt");
    try {
      Process process = builder.redirectOutput(output.toFile()).start();
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return new End(-1, "it did not end within two minutes");
      }
      return new End(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new End(-1, e.toString()); // no such program
    } finally {
      Files.delete(output);
    }
  }
}
