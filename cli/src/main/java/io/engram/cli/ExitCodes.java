package io.engram.cli;

/** What the process tells its caller. */
final class ExitCodes {

  static final int OK = 0;

  /** Something failed: a port, a file, a part of the system. */
  static final int FAILURE = 1;

  /** The command line or the configuration cannot be used. */
  static final int USAGE = 2;

  /** Ended by Ctrl-C; the JVM sets it (128 + SIGINT). */
  static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
