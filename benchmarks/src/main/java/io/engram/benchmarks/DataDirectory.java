package io.engram.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the data sets lie, one directory each. */
public final class DataDirectory {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Directory that holds the data sets, or the one the bench needs. Default: the system property engram.data, the environment variable ENGRAM_DATA, "
              + "or ../shared/data beside the checkout.")
  private @Nullable Path given;

  /**
   * The directory of one data set.
   *
   * @throws IllegalArgumentException if it is not there
   */
  public Path of(String dataSet) {
    Path all = all();
    Path directory =
        (all.endsWith(dataSet) ? all : all.resolve(dataSet)).toAbsolutePath().normalize();
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "the data set %s is not at %s; give the directory that holds it with --data, -Dengram.data or ENGRAM_DATA"
              .formatted(dataSet, directory));
    }
    return directory;
  }

  private Path all() {
    if (given != null) {
      return given;
    }
    String property = System.getProperty("engram.data", "");
    if (!property.isBlank()) {
      return Path.of(property);
    }
    String variable = System.getenv("ENGRAM_DATA");
    if (variable != null && !variable.isBlank()) {
      return Path.of(variable);
    }
    return Path.of(System.getProperty("engram.home", "."), "..", "shared", "data");
  }
}
