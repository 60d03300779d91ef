package io.engram.engine;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Names the kernels that fit the processor before OpenBLAS is loaded. OpenBLAS 0.3.19, which ND4J is linked against, goes by the
 * processor's model number; an Intel processor younger than itself it takes for one without AVX and multiplies five to eight times
 * slower than it could. It reads the environment variable {@value #VARIABLE} once, when it is loaded; Java cannot set variables of
 * its own process, so this calls the C library. What the user has set stands.
 *
 * <p>Only on Linux, x86-64 and Intel: elsewhere OpenBLAS is left to itself. {@link System#getenv} and child processes do not see the
 * variable.
 */
public final class OpenBlasKernels {

  /** The environment variable that OpenBLAS reads. */
  public static final String VARIABLE = "OPENBLAS_CORETYPE";

  private static final Logger LOG = System.getLogger(OpenBlasKernels.class.getName());

  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final Set<String> SKYLAKE_X =
      Set.of("avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd");
  private static final Set<String> HASWELL = Set.of("avx2", "fma");

  private static boolean chosen;

  private OpenBlasKernels() {}

  /**
   * Sets the variable unless the user did. To be called before the first touch of OpenBLAS, be it through ND4J; later it has no
   * effect. Calling it again does nothing. If it does not work out, a warning says so and OpenBLAS chooses.
   */
  public static synchronized void choose() {
    if (!chosen) {
      chosen = true;
      // Asked first in any case: Java then copies the environment as it was, for child processes.
      if (System.getenv(VARIABLE) == null) {
        forThisProcessor().ifPresent(OpenBlasKernels::set);
      }
    }
  }

  /** The value that fits this machine's processor; empty where OpenBLAS is left to itself. */
  public static Optional<String> forThisProcessor() {
    if (!System.getProperty("os.name").equals("Linux")
        || !System.getProperty("os.arch").equals("amd64")) {
      return Optional.empty();
    }
    try {
      return fitting(Files.readAllLines(CPUINFO));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "OpenBLAS chooses its kernels, {0} cannot be read: {1}", CPUINFO, e);
      return Optional.empty();
    }
  }

  /** The kernels for the first processor of a {@code /proc/cpuinfo}, whose flags are those that the system lets programs use. */
  static Optional<String> fitting(List<String> cpuinfo) {
    List<String> flags = List.of(value(cpuinfo, "flags").split(" "));
    if (!value(cpuinfo, "vendor_id").equals("GenuineIntel")) {
      return Optional.empty();
    }
    if (flags.containsAll(SKYLAKE_X)) {
      return Optional.of("SkylakeX");
    }
    return flags.containsAll(HASWELL) ? Optional.of("Haswell") : Optional.empty();
  }

  /** What stands behind the first {@code key : }; empty if there is none. */
  private static String value(List<String> cpuinfo, String key) {
    return cpuinfo.stream()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
        .map(parts -> parts[1].strip())
        .findFirst()
        .orElse("");
  }

  /**
   * Changing the environment while another thread reads it is safe only in so far as this is the first change: the C library then
   * makes a copy and leaves the old list, which nobody frees, to whoever reads it.
   */
  private static void set(String kernels) {
    try {
      int failed =
          NativeLibrary.getProcess()
              .getFunction("setenv")
              .invokeInt(new Object[] {VARIABLE, kernels, 0});
      if (failed != 0) {
        throw new IllegalStateException("setenv returned " + failed);
      }
      LOG.log(Level.DEBUG, "OpenBLAS is told to use its kernels for {0}", kernels);
    } catch (LinkageError | RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "OpenBLAS may choose slow kernels, because %s could not be set (%s); start with %s=%s in the environment"
              .formatted(VARIABLE, e, VARIABLE, kernels));
    }
  }
}
