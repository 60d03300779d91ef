package io.engram.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.network.NetworkSpec;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.engine.dl4j.Dl4jEngine;
import io.engram.engine.fused.FusedEngine;
import io.engram.engine.nd4j.Nd4jEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenBlasKernelsTest {

  private static final String EMERALD_RAPIDS =
      "fpu vme sse sse2 ssse3 fma cx16 sse4_1 sse4_2 avx f16c avx2 avx512f avx512dq avx512cd avx512bw avx512vl avx512_vnni";
  private static final String ALDER_LAKE = "fpu sse sse2 ssse3 fma sse4_1 sse4_2 avx f16c avx2";
  private static final String KNIGHTS_LANDING = "fpu sse2 fma avx avx2 avx512f avx512pf avx512cd";
  private static final String SANDY_BRIDGE = "fpu sse sse2 ssse3 sse4_1 sse4_2 avx";

  @Test
  void goesByWhatTheProcessorCanDoAndNotByItsModel() {
    assertThat(fitting("GenuineIntel", EMERALD_RAPIDS)).contains("SkylakeX");
    assertThat(fitting("GenuineIntel", ALDER_LAKE)).contains("Haswell");
    assertThat(fitting("GenuineIntel", KNIGHTS_LANDING)).contains("Haswell");
    assertThat(fitting("GenuineIntel", SANDY_BRIDGE)).isEmpty();
  }

  @Test
  void leavesOtherProcessorsToOpenBlas() {
    assertThat(fitting("AuthenticAMD", EMERALD_RAPIDS)).isEmpty();
    assertThat(OpenBlasKernels.fitting(List.of())).isEmpty();
    assertThat(OpenBlasKernels.fitting(List.of("processor\t: 0", "Features\t: fp asimd")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fused", "nd4j", "dl4j"})
  void openBlasLoadsTheKernelsOfTheProcessor(String engine) throws Exception {
    Optional<String> fitting = OpenBlasKernels.forThisProcessor();
    assumeTrue(fitting.isPresent(), "OpenBLAS is left to itself on this machine");

    assertThat(coreLoadedBy(engine, Map.of())).containsExactly("Core: " + fitting.orElseThrow());
  }

  @Test
  void whatTheUserSetStands() throws Exception {
    assumeTrue(
        OpenBlasKernels.forThisProcessor().isPresent(),
        "OpenBLAS is left to itself on this machine");

    assertThat(coreLoadedBy("fused", Map.of(OpenBlasKernels.VARIABLE, "Nehalem")))
        .containsExactly("Core: Nehalem");
  }

  private static Optional<String> fitting(String vendor, String flags) {
    return OpenBlasKernels.fitting(
        List.of(
            "processor\t: 0",
            "vendor_id\t: " + vendor,
            "model\t\t: 207",
            "model name\t: A Processor: the newest",
            "flags\t\t: " + flags,
            "vmx flags\t: vnmi avx512f",
            "",
            "processor\t: 1",
            "vendor_id\t: " + vendor,
            "flags\t\t: " + flags));
  }

  /** What OpenBLAS says of itself in a new JVM, where nothing has loaded it yet; the fused engine would not, if it has kernels of its own. */
  private static List<String> coreLoadedBy(String engine, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dengram.simd=none",
                "-cp",
                System.getProperty("java.class.path"),
                OneStep.class.getName(),
                engine)
            .redirectErrorStream(true);
    builder.environment().remove(OpenBlasKernels.VARIABLE);
    builder.environment().put("OPENBLAS_VERBOSE", "2");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().filter(line -> line.startsWith("Core: ")).distinct().toList();
  }

  /** A program of a user that does no more than adapt once. */
  static final class OneStep {

    private OneStep() {}

    public static void main(String[] arguments) {
      NetworkSpec network = NetworkSpec.parse("input(1) dense(1) mse");
      ExampleSet set = new ExampleSet(1, new float[] {1f}, new Targets.Values(1, new float[] {2f}));
      float[] theta = new float[network.layout().length()];
      try (MetaProgram program = engine(arguments[0]).compile(network)) {
        program.adapt(
            theta,
            List.of(new Episode(set, set, 0)),
            InnerLoop.sgd(1, 0.1f),
            new float[1][theta.length]);
      }
    }

    private static ComputeEngine engine(String name) {
      return switch (name) {
        case "fused" -> new FusedEngine(1);
        case "nd4j" -> new Nd4jEngine();
        case "dl4j" -> new Dl4jEngine();
        default -> throw new IllegalArgumentException("unknown engine " + name);
      };
    }
  }
}
