package io.engram.cli.state;

import ch.qos.logback.classic.Level;

/**
 * How a role writes its log.
 *
 * @param json an object a line, instead of text
 * @param level the least that is written of Engram's own
 */
public record LogStyle(boolean json, Level level) {

  /** Text, from INFO. */
  public static final LogStyle USUAL = new LogStyle(false, Level.INFO);
}
