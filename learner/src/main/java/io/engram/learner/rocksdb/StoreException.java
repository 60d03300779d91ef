package io.engram.learner.rocksdb;

import java.nio.file.Path;

/** The learner's store cannot be used. The message says which, why, and what to do; nothing was destroyed. */
public final class StoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreException(Path directory, String problem, String remedy) {
    super("learner store %s: %s; %s".formatted(directory, problem, remedy));
  }

  StoreException(Path directory, String problem, String remedy, Throwable cause) {
    super("learner store %s: %s; %s".formatted(directory, problem, remedy), cause);
  }
}
