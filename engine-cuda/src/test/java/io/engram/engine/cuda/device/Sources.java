package io.engram.engine.cuda.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The kernels' sources, and the compilers that are installed here. */
public final class Sources {

  /** Where the kernels' sources lie. */
  public static final Path KERNELS = Path.of("src/main/cuda");

  private static final Path SHIM = Path.of("src/test/cuda");

  private Sources() {}

  /** Whether a program is on the path. */
  public static boolean installed(String program) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the kernels can be compiled for a processor here: their sources are not in the archive for a machine with a card. */
  public static boolean canPlayACard() {
    return installed("g++") && Files.exists(KERNELS);
  }

  /** Compiles the kernels for the processor that plays a card; returns the library. */
  static Path shim() {
    Path library = Path.of("target", "libengram-kernels-on-cpu.so").toAbsolutePath();
    List<String> command =
        List.of(
            "g++",
            "-O2",
            "-std=c++17",
            "-shared",
            "-fPIC",
            "-DENGRAM_SHIM",
            "-I" + SHIM.toAbsolutePath(),
            "-o",
            library.toString(),
            "-x",
            "c++",
            KERNELS.resolve("kernels.cu").toAbsolutePath().toString(),
            SHIM.resolve("shim.cpp").toAbsolutePath().toString());
    run(command);
    return library;
  }

  /** Runs a compiler; returns what it said. */
  public static String run(List<String> command) {
    try {
      Path log = Files.createTempFile("compiler", ".log");
      Process process =
          new ProcessBuilder(new ArrayList<>(command))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      boolean ended = process.waitFor(4, TimeUnit.MINUTES);
      String said = Files.readString(log);
      Files.delete(log);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(String.join(" ", command) + " failed:\n" + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while compiling", e);
    }
  }
}
