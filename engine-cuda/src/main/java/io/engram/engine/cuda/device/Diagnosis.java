package io.engram.engine.cuda.device;

import java.util.Optional;

/** Why no card can be used, and what to do, in a sentence: from facts alone, so that it can be tried without a card. */
final class Diagnosis {

  /** What the driver of {@link Kernels#OLDEST_DRIVER} is called by its maker. */
  private static final String NEEDED = "one for CUDA 13.0 (branch 580) or newer";

  /** Codes of the driver that say more than their names. */
  private static final int STUB_LIBRARY = 34;

  private static final int DRIVER_MISMATCH = 803;
  private static final int COMPAT_NOT_SUPPORTED = 804;
  private static final int UNKNOWN = 999;

  private Diagnosis() {}

  /** There is no driver's library to load. */
  static String noLibrary(String library) {
    return "NVIDIA's driver is not installed (no %s); install %s, or in a container let the container see the card (docker run --gpus all)"
        .formatted(library, NEEDED);
  }

  /** It lacks a function. */
  static String oldLibrary(String library, String detail) {
    return "NVIDIA's driver is too old: %s lacks what the engine calls (%s); install %s"
        .formatted(library, firstLine(detail), NEEDED);
  }

  /** The driver's {@code cuInit} failed. */
  static String refused(int code, String text) {
    return switch (code) {
      case Driver.NO_DEVICE ->
          "NVIDIA's driver finds no card (CUDA_VISIBLE_DEVICES may hide it, or the container does not see it)";
      case STUB_LIBRARY ->
          "the libcuda.so.1 that was found is the stub to build against, not the driver's; take it off the library path";
      case DRIVER_MISMATCH, COMPAT_NOT_SUPPORTED ->
          "NVIDIA's driver does not fit its kernel module (%s); restart the machine after a driver's update, and keep compatibility packages of CUDA off the library path"
              .formatted(text);
      case UNKNOWN ->
          "NVIDIA's driver does not start (%s); see whether nvidia-smi answers".formatted(text);
      default -> failed("starting", text);
    };
  }

  /** A question to the driver failed. */
  static String failed(String doing, String text) {
    return "NVIDIA's driver failed in %s: %s; see whether nvidia-smi answers"
        .formatted(doing, text);
  }

  /** The driver counted none. */
  static String noCard() {
    return refused(Driver.NO_DEVICE, "");
  }

  /** What speaks against a card. */
  static Optional<String> unsupported(Card card) {
    if (card.capability() < Kernels.OLDEST) {
      return Optional.of(
          "the card %s is too old: it has compute capability %d.%d, the kernels need 7.5 (Turing) or newer"
              .formatted(card.name(), card.capability() / 10, card.capability() % 10));
    }
    if (card.driver() < Kernels.OLDEST_DRIVER) {
      return Optional.of(
          "the driver of %s is too old: it knows CUDA up to %d.%d; install %s"
              .formatted(card.name(), card.driver() / 1000, card.driver() % 1000 / 10, NEEDED));
    }
    return Optional.empty();
  }

  private static String firstLine(String detail) {
    return detail.lines().findFirst().orElse("").strip();
  }
}
