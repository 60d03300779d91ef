package io.engram.engine.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.engram.core.compute.EngineKind.Availability;
import io.engram.core.compute.UnsupportedNetworkException;
import io.engram.engine.cuda.CudaKind;
import org.junit.jupiter.api.Test;

/** Each kind of bad luck has a sentence that says what is missing and what to do. */
class DiagnosisTest {

  @Test
  void aMachineWithoutADriverIsToldWhichLibraryIsMissing() {
    assumeTrue(Driver.problem().isPresent(), "there is a driver here");
    // Twice: a class that failed to load would say something else the second time.
    for (int i = 0; i < 2; i++) {
      assertThat(new CudaKind().availability())
          .isInstanceOfSatisfying(
              Availability.Absent.class,
              absent ->
                  assertThat(absent.reason())
                      .contains("libcuda.so.1", "not installed", "branch 580"));
    }
    assertThatThrownBy(() -> new CudaKind().open(1))
        .isInstanceOf(UnsupportedNetworkException.class)
        .hasMessageContaining("libcuda.so.1")
        .hasMessageContaining("use fused or auto");
  }

  @Test
  void ofALongComplaintTheFirstLineIsEnough() {
    assertThat(Diagnosis.oldLibrary("libcuda.so.1", "no such symbol\nand where I looked\n"))
        .contains("(no such symbol)")
        .doesNotContain("looked");
  }

  @Test
  void aLibraryThatLacksFunctionsIsTooOld() {
    assertThat(Diagnosis.oldLibrary("libcuda.so.1", "undefined symbol: cuGraphLaunch"))
        .contains("too old", "libcuda.so.1", "cuGraphLaunch", "branch 580");
  }

  @Test
  void aDriverThatKnowsTooLittleIsTooOld() {
    assertThat(Diagnosis.unsupported(card("NVIDIA A100", 80, 12080)))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("NVIDIA A100", "up to 12.8", "branch 580"));
    assertThat(Diagnosis.unsupported(card("NVIDIA A100", 80, 13000))).isEmpty();
  }

  @Test
  void aCardBeforeTuringIsTooOld() {
    assertThat(Diagnosis.unsupported(card("Tesla V100", 70, 13000)))
        .hasValueSatisfying(reason -> assertThat(reason).contains("Tesla V100", "7.0", "7.5"));
    assertThat(Diagnosis.unsupported(card("Tesla T4", 75, 13000))).isEmpty();
    assertThat(Diagnosis.unsupported(card("a card to come", 130, 15000))).isEmpty();
  }

  @Test
  void aDriverThatDoesNotStartSaysWhereToLook() {
    assertThat(Diagnosis.refused(100, "CUDA_ERROR_NO_DEVICE")).contains("no card", "container");
    assertThat(Diagnosis.noCard()).isEqualTo(Diagnosis.refused(100, ""));
    assertThat(Diagnosis.refused(34, "CUDA_ERROR_STUB_LIBRARY")).contains("stub");
    assertThat(Diagnosis.refused(803, "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH"))
        .contains("restart the machine", "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH");
    assertThat(Diagnosis.refused(999, "CUDA_ERROR_UNKNOWN")).contains("nvidia-smi");
    assertThat(Diagnosis.refused(3, "CUDA_ERROR_NOT_INITIALIZED"))
        .contains("CUDA_ERROR_NOT_INITIALIZED", "nvidia-smi");
  }

  @Test
  void everyCardGetsKernelsThatRunOnIt() {
    for (int capability : new int[] {75, 80, 86, 87, 89, 90, 100, 103, 120, 121}) {
      byte[] elf = Kernels.image(capability);
      assertThat(new byte[] {elf[1], elf[2], elf[3]})
          .as("machine code for %d", capability)
          .isEqualTo(new byte[] {'E', 'L', 'F'});
    }
    assertThat(Kernels.image(130)[0]).as("PTX").isEqualTo((byte) '/');
  }

  private static Card card(String name, int capability, int driver) {
    return new Card(0, name, capability, driver, 40, 65_536);
  }
}
