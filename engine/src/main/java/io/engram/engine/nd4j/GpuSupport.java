package io.engram.engine.nd4j;

import io.engram.core.compute.UnsupportedNetworkException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;

/**
 * Which GPUs ND4J 1.0.0-M2.1 can drive. Its CUDA 11.6 build, the newest there is, carries code for compute capability 3.7 to
 * 8.6 and none that a driver could translate for later ones; by compatibility within a major version 8.9 runs it, too.
 */
final class GpuSupport {

  private GpuSupport() {}

  /**
   * Checks every GPU of ND4J's environment; on the CPU backend there are none.
   *
   * @throws UnsupportedNetworkException naming the GPU and what to do
   */
  static void check(Properties environment) {
    if (environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY) instanceof List<?> devices) {
      for (Object device : devices) {
        if (device instanceof Map<?, ?> facts) {
          check(
              String.valueOf(facts.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY)),
              number(facts.get(Nd4jEnvironment.CUDA_DEVICE_MAJOR_VERSION_KEY)),
              number(facts.get(Nd4jEnvironment.CUDA_DEVICE_MINOR_VERSION_KEY)));
        }
      }
    }
  }

  /** Name of the first GPU of ND4J's environment; empty on the CPU backend. */
  static Optional<String> first(Properties environment) {
    return environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY) instanceof List<?> devices
            && !devices.isEmpty()
            && devices.get(0) instanceof Map<?, ?> facts
        ? Optional.of(String.valueOf(facts.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY)))
        : Optional.empty();
  }

  static void check(String gpu, int major, int minor) {
    int capability = 10 * major + minor;
    if (capability < 37 || capability > 89) {
      throw new UnsupportedNetworkException(
          "the GPU '%s' has compute capability %d.%d, but ND4J 1.0.0-M2.1 (CUDA 11.6) runs on 3.7 to 8.9 only (V100, T4, A100,"
                  .formatted(gpu, major, minor)
              + " A10, L4, RTX 30 and 40); use one of those, or leave out -Pcuda to run nd4j on the CPU, or use the engine"
              + " fused");
    }
  }

  private static int number(@Nullable Object fact) {
    return fact instanceof Number number
        ? number.intValue()
        : Integer.parseInt(String.valueOf(fact));
  }
}
