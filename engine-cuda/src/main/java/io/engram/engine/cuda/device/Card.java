package io.engram.engine.cuda.device;

import com.sun.jna.ptr.IntByReference;
import java.nio.charset.StandardCharsets;

/**
 * A card as its driver describes it.
 *
 * @param device the driver's number
 * @param name its maker's name, e.g. {@code NVIDIA H100 80GB HBM3}
 * @param capability compute capability times ten, e.g. 90
 * @param driver the newest CUDA version its driver knows, as in 13000 for 13.0
 * @param processors multiprocessors
 * @param sharedBytes the most shared memory that a block can be given
 */
public record Card(
    int device, String name, int capability, int driver, int processors, int sharedBytes) {

  /** What the kernels with dynamic shared memory have beside it at most: the partial sums of a block. */
  private static final int STATIC_BYTES = 2048;

  /**
   * The first card.
   *
   * @throws NoCardException if there is none that can be used
   */
  public static Card first() {
    Driver.problem()
        .ifPresent(
            problem -> {
              throw new NoCardException(problem);
            });
    int begun = Driver.cuInit(0);
    if (begun != Driver.SUCCESS) {
      throw new NoCardException(Diagnosis.refused(begun, Driver.text(begun)));
    }
    IntByReference number = new IntByReference();
    check("counting cards", Driver.cuDeviceGetCount(number));
    if (number.getValue() == 0) {
      throw new NoCardException(Diagnosis.noCard());
    }
    check("asking for the driver's version", Driver.cuDriverGetVersion(number));
    int driver = number.getValue();
    check("asking for the first card", Driver.cuDeviceGet(number, 0));
    int device = number.getValue();
    byte[] name = new byte[256];
    check("asking for the card's name", Driver.cuDeviceGetName(name, name.length, device));
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    Card card =
        new Card(
            device,
            new String(name, 0, end, StandardCharsets.UTF_8),
            10 * attribute(Driver.ATTRIBUTE_MAJOR, device)
                + attribute(Driver.ATTRIBUTE_MINOR, device),
            driver,
            attribute(Driver.ATTRIBUTE_PROCESSORS, device),
            attribute(Driver.ATTRIBUTE_SHARED_MEMORY_OPTIN, device));
    Diagnosis.unsupported(card)
        .ifPresent(
            problem -> {
              throw new NoCardException(problem);
            });
    return card;
  }

  /** Dynamic shared memory that a block may be given. */
  int dynamicShared() {
    return sharedBytes - STATIC_BYTES;
  }

  /** Whether its tensor cores take TF32. */
  public boolean multipliesTf32() {
    return capability >= 80;
  }

  /** Whether a kernel may want more than it gets without asking. */
  boolean asksForSharedMemory(String kernel) {
    return kernel.startsWith("norm_") || kernel.startsWith("dense_task");
  }

  private static int attribute(int attribute, int device) {
    IntByReference value = new IntByReference();
    check("asking for attributes", Driver.cuDeviceGetAttribute(value, attribute, device));
    return value.getValue();
  }

  private static void check(String doing, int result) {
    if (result != Driver.SUCCESS) {
      throw new NoCardException(Diagnosis.failed(doing, Driver.text(result)));
    }
  }

  @Override
  public String toString() {
    return "%s (compute capability %d.%d, driver for CUDA %d.%d)"
        .formatted(name, capability / 10, capability % 10, driver / 1000, driver % 1000 / 10);
  }
}
