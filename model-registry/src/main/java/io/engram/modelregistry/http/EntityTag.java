package io.engram.modelregistry.http;

import io.engram.schemas.ModelChunks;
import java.util.regex.Pattern;

/** What names one state of what a call shows, RFC 9110 (8.8.3). */
final class EntityTag {

  private static final int DIGITS = 32;
  private static final Pattern TAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"");

  /** Possessive: a loop that could go back takes frames of the stack for each tag, and there may be thousands. */
  private static final Pattern LIST =
      Pattern.compile("\\*|%1$s(?:[ \\t]*,[ \\t]*%1$s)*+".formatted(TAG.pattern()));

  private EntityTag() {}

  /** The tag of a content. */
  static String of(byte[] content) {
    return "\"" + ModelChunks.sha256(content).substring(0, DIGITS) + "\"";
  }

  /** Refuses a condition that is none. */
  static void requireWellFormed(String header, String condition) {
    if (!LIST.matcher(condition).matches()) {
      throw Problem.invalid("'%s' must be * or entity tags in quotes".formatted(header));
    }
  }

  /** Whether one of the tags of a condition is this one. */
  static boolean matches(String condition, String present) {
    return condition.equals("*")
        || TAG.matcher(condition).results().anyMatch(tag -> tag.group().equals(present));
  }
}
