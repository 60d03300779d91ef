package io.engram.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** A client of Kafka that is not Java's (librdkafka), where this machine has it. */
record Kcat(Path program, String libraries) {

  /** Where {@code .ci/run} unpacks it. */
  private static final Path UNPACKED = Path.of("../target/kcat").toAbsolutePath().normalize();

  /**
   * On the PATH, or unpacked in this checkout.
   *
   * @throws TestAbortedException where there is none, so that the test is skipped and says why
   */
  static Kcat require() throws IOException {
    List<Path> places =
        Stream.concat(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(Path::of),
                Stream.of(UNPACKED.resolve("usr/bin")))
            .map(directory -> directory.resolve("kcat"))
            .filter(Files::isExecutable)
            .toList();
    if (places.isEmpty()) {
      throw new TestAbortedException(
          "SKIPPED: kcat is neither on the PATH nor in %s, where .ci/run unpacks it"
              .formatted(UNPACKED));
    }
    return new Kcat(places.get(0), unpackedLibraries());
  }

  /** The directories of the libraries that were unpacked beside it. */
  private static String unpackedLibraries() throws IOException {
    Path lib = UNPACKED.resolve("usr/lib");
    if (!Files.isDirectory(lib)) {
      return "";
    }
    try (Stream<Path> directories = Files.list(lib)) {
      return directories.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
  }

  /** Produces the lines of a file, {@code key TAB value} each, compressed. */
  void produce(String bootstrap, String topic, String compression, Path lines, Path log)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(program.toString(), "-P", "-b", bootstrap, "-t", topic, "-z", compression));
    command.addAll(List.of("-K", "\t", "-l", lines.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    if (!libraries.isEmpty()) {
      builder.environment().put("LD_LIBRARY_PATH", libraries);
    }
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("kcat ends").isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }
}
