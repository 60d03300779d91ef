package io.engram.cli.config;

import java.util.List;

/** The configuration cannot be used. Each problem is one line for the user. */
public final class InvalidSettings extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** One problem. */
  public InvalidSettings(String problem) {
    super(problem);
  }

  InvalidSettings(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
