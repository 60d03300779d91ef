package io.engram.engine.fused;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the library of {@link Simd} for this platform among the resources, loads it, and takes the best kernels that the
 * processor can run: those the processor says it has, whatever its maker or model. The system property {@value #PROPERTY} names
 * others, for instance to see what a processor without AVX-512 would do; {@code none} leaves everything to OpenBLAS.
 *
 * @param kernels those in use; null where there are none
 * @param asked kernels that were asked for and cannot be had; null if all is well
 */
record SimdLibrary(@Nullable String kernels, @Nullable String asked) {

  /** The system property that chooses kernels. */
  static final String PROPERTY = "engram.simd";

  /** Of each platform there is a library for, the best kernels first. */
  private static final Map<String, List<String>> PLATFORMS =
      Map.of("linux-x86_64", List.of("avx512", "avx2"), "linux-aarch64", List.of("neon"));

  private static final String NONE = "none";
  private static final Logger LOG = System.getLogger(SimdLibrary.class.getName());

  static SimdLibrary load() {
    String wanted = System.getProperty(PROPERTY, "");
    if (wanted.equals(NONE)) {
      return new SimdLibrary(null, null);
    }
    String platform = platform();
    List<String> there = PLATFORMS.getOrDefault(platform, List.of());
    if (!there.isEmpty() && loaded(platform)) {
      for (String kernels : wanted.isEmpty() ? there : List.of(wanted)) {
        if (Simd.take(kernels)) {
          return new SimdLibrary(kernels, null);
        }
      }
    }
    return new SimdLibrary(null, wanted.isEmpty() ? null : wanted);
  }

  /** Fails if kernels were asked for that cannot be had. */
  void check() {
    if (asked != null) {
      throw new IllegalStateException(
          "-D%s=%s: this machine (%s) has no such kernels; allowed: %s, of these what the processor can run, and %s"
              .formatted(
                  PROPERTY,
                  asked,
                  platform(),
                  PLATFORMS.getOrDefault(platform(), List.of()),
                  NONE));
    }
  }

  /** The kernels in use, for people. */
  String description() {
    return kernels == null
        ? "OpenBLAS"
        : "Engram's kernels for " + kernels.toUpperCase(Locale.ROOT).replace("AVX512", "AVX-512");
  }

  private static String platform() {
    String system = System.getProperty("os.name").equals("Linux") ? "linux" : "other";
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> system + "-x86_64";
      case "aarch64" -> system + "-aarch64";
      default -> system + "-" + System.getProperty("os.arch");
    };
  }

  /** A library can only be loaded from a file of its own, which is not needed once it is loaded. */
  private static boolean loaded(String platform) {
    try (InputStream library =
        SimdLibrary.class.getResourceAsStream(platform + "/libengram_simd.so")) {
      if (library == null) {
        return false;
      }
      Path file = Files.createTempFile("engram_simd", ".so");
      try {
        Files.write(file, library.readAllBytes());
        System.load(file.toString());
      } finally {
        Files.delete(file);
      }
      return true;
    } catch (IOException | LinkageError e) {
      LOG.log(
          Level.WARNING,
          "OpenBLAS computes in place of Engram's kernels, which cannot be loaded ({0}); is the directory for temporary files writable, and may libraries be loaded from it?",
          e);
      return false;
    }
  }
}
