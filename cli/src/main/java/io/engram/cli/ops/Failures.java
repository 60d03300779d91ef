package io.engram.cli.ops;

import io.engram.servicekit.log.Printable;

/** What went wrong, in words for people. */
public final class Failures {

  private Failures() {}

  /** One printable line: the message where there is one; of an error of the JVM its kind as well, which its message does not tell. */
  public static String inOneLine(Throwable failure) {
    String message = failure.getMessage();
    boolean telling =
        message != null
            && !message.isBlank()
            && !(failure instanceof Error)
            && !(failure instanceof NullPointerException);
    return Printable.escaped(telling ? String.valueOf(message) : failure.toString());
  }
}
