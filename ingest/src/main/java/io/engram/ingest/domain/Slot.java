package io.engram.ingest.domain;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** The name under which an open task is stored: its key, or, of several windows of a key, the key and the window's number. */
public final class Slot {

  private static final String MARK = "\0w";
  private static final int DIGITS = 16;
  private static final Pattern NUMBERED =
      Pattern.compile(".*" + MARK + "[0-9a-f]{" + DIGITS + "}", Pattern.DOTALL);

  private Slot() {}

  static String of(String key, long number) {
    return key + MARK + HexFormat.of().toHexDigits(number);
  }

  /** Whether a name is that of a window; no key may look so. */
  public static boolean isNumbered(String name) {
    return name.length() > DIGITS && NUMBERED.matcher(name).matches();
  }

  /** The task key of a name. */
  public static String key(String name) {
    return isNumbered(name) ? name.substring(0, name.length() - MARK.length() - DIGITS) : name;
  }

  /** The window's number of a name that is numbered. */
  static long number(String name) {
    return HexFormat.fromHexDigitsToLong(name, name.length() - DIGITS, name.length());
  }
}
