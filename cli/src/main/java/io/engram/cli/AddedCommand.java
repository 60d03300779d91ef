package io.engram.cli;

/**
 * A command of {@code engram} that another module brings along: found by {@link java.util.ServiceLoader} where that module is on the
 * class path, such as {@code bench} in a checkout. Implementations are picocli commands, created once per process and run on
 * its main thread.
 */
public interface AddedCommand {

  /** The command that it is a part of, itself an added one or one of ours; empty for none. */
  default String parent() {
    return "";
  }
}
