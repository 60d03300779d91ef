package io.engram.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.UnsupportedNetworkException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;

class GpuSupportTest {

  @Test
  void gpusOfTheSupportedGenerationsPass() {
    assertThatCode(() -> GpuSupport.check("Tesla V100", 7, 0)).doesNotThrowAnyException();
    assertThatCode(() -> GpuSupport.check("NVIDIA L4", 8, 9)).doesNotThrowAnyException();
  }

  @Test
  void aNewerGpuIsNamedWithWhatWouldWork() {
    Properties environment = new Properties();
    environment.put(
        Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY,
        List.of(
            Map.of(
                Nd4jEnvironment.CUDA_DEVICE_NAME_KEY, "NVIDIA H200",
                Nd4jEnvironment.CUDA_DEVICE_MAJOR_VERSION_KEY, 9,
                Nd4jEnvironment.CUDA_DEVICE_MINOR_VERSION_KEY, 0)));
    assertThatThrownBy(() -> GpuSupport.check(environment))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("NVIDIA H200")
        .hasMessageContaining("9.0")
        .hasMessageContaining("fused");
  }

  @Test
  void theCpuBackendHasNothingToCheck() {
    assertThatCode(() -> GpuSupport.check(new Properties())).doesNotThrowAnyException();
  }
}
