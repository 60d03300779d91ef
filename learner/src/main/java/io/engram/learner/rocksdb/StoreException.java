package io.engram.learner.rocksdb;

import java.nio.file.Path;

/** The learner's store cannot be used. The message says which, why, and what to do; nothing was destroyed. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean inUse;

  StoreException(Path directory, String problem, String remedy) {
    super(message(directory, problem, remedy));
    this.inUse = false;
  }

  StoreException(Path directory, String problem, String remedy, Throwable cause) {
    super(message(directory, problem, remedy), cause);
    this.inUse = false;
  }

  StoreException(Path directory, StoreTrouble trouble, String problem, Throwable cause) {
    super(message(directory, problem, trouble.remedy()), cause);
    this.inUse = trouble == StoreTrouble.IN_USE;
  }

  private static String message(Path directory, String problem, String remedy) {
    return "learner store %s: %s; %s".formatted(directory, problem, remedy);
  }

  /** Whether another process has it open. */
  public boolean inUse() {
    return inUse;
  }
}
