package io.engram.engine.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernels in the jar are those of the sources, and none puts registers aside, where there is a compiler to tell. It takes some ten
 * seconds for each kind of card: the oldest and the one most measured on are compiled anew, all with {@code -Dengram.kernels=all}.
 */
class KernelsTest {

  /** Another one makes other machine code of the same sources. */
  private static final String COMPILER = "V13.0.88";

  private static final List<String> SOME = List.of("90", "75");

  private static final Pattern USAGE =
      Pattern.compile(
          "Function properties for (\\w+)\\s+(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads"
              + "\\s+ptxas info\\s+: Used (\\d+) registers");

  private static final Map<String, String> SAID = new HashMap<>();

  @TempDir static Path directory;

  /** What a kernel takes. */
  private record Usage(String kernel, int stack, int stores, int loads, int registers) {}

  static Stream<String> targets() {
    return "all".equals(System.getProperty("engram.kernels"))
        ? Kernels.TARGETS.stream().map(String::valueOf)
        : SOME.stream();
  }

  @BeforeAll
  static void compile() throws InterruptedException, ExecutionException {
    assumeTrue(Files.exists(script()), "not in a checkout");
    assumeTrue(Sources.installed("nvcc"), "no nvcc here: the kernels are not compiled anew");
    String version = Sources.run(List.of("nvcc", "--version"));
    assumeTrue(
        version.contains(COMPILER),
        "the kernels were made by nvcc " + COMPILER + "; here is\n" + version);
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      Map<String, Future<String>> running = new HashMap<>();
      targets()
          .forEach(target -> running.put(target, two.submit(() -> Sources.run(build(target)))));
      for (Map.Entry<String, Future<String>> each : running.entrySet()) {
        SAID.put(each.getKey(), each.getValue().get());
      }
    } finally {
      two.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void theJarHoldsWhatTheSourcesSay(String target) throws IOException {
    byte[] made;
    try (InputStream file = Files.newInputStream(directory.resolve(target).resolve(file(target)))) {
      made = new GZIPInputStream(file).readAllBytes();
    }
    byte[] image = Kernels.image(Integer.parseInt(target));
    // Without the zero behind it.
    byte[] held = Arrays.copyOf(image, image.length - 1);
    assertThat(Arrays.equals(held, made))
        .as(
            "%s in the jar is not what the sources make (%d bytes, now %d); run src/main/cuda/build and commit what it makes",
            file(target), held.length, made.length)
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void noKernelPutsRegistersAside(String target) {
    List<Usage> usages = usages(SAID.getOrDefault(target, ""));
    assertThat(usages).hasSizeGreaterThan(40);
    assertThat(usages)
        .extracting(Usage::kernel)
        .contains(
            "product_large_rr", "dense_task", "stem_forward_short", "norm_backward", "outer_step");
    for (Usage usage : usages) {
      assertThat(usage.stack()).as("stack frame on sm_%s: %s", target, usage).isZero();
      assertThat(usage.stores()).as("spills on sm_%s: %s", target, usage).isZero();
      assertThat(usage.loads()).as("spills on sm_%s: %s", target, usage).isZero();
    }
  }

  private static List<Usage> usages(String said) {
    List<Usage> usages = new ArrayList<>();
    Matcher matcher = USAGE.matcher(said);
    while (matcher.find()) {
      usages.add(
          new Usage(
              matcher.group(1),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)),
              Integer.parseInt(matcher.group(4)),
              Integer.parseInt(matcher.group(5))));
    }
    return usages;
  }

  /** Each into a directory of its own: the script packs all that it finds made. */
  private static List<String> build(String target) {
    return List.of(script().toString(), directory.resolve(target).toString(), target);
  }

  private static Path script() {
    return Sources.KERNELS.resolve("build").toAbsolutePath();
  }

  private static String file(String target) {
    return "sm_" + target + ".cubin.gz";
  }
}
