package io.engram.ingest.format.mapping;

import io.engram.ingest.format.tree.Nodes;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Nodes as text: the same for the same value, however it was written ({@code 1}, {@code 1.0}). */
final class Texts {

  private static final double EXACT = 1L << 53;

  private Texts() {}

  /**
   * The text of a node that is text, a number, true or false, or a time.
   *
   * @param what it is, for the reason
   * @throws Unfit if it is anything else
   */
  static String of(String what, @Nullable Object node) {
    if (node instanceof CharSequence text) {
      return whole(what, text.toString());
    }
    if (node instanceof Double || node instanceof Float) {
      double number = ((Number) node).doubleValue();
      return number == Math.rint(number) && Math.abs(number) <= EXACT
          ? Long.toString((long) number)
          : node.toString();
    }
    if (node instanceof BigDecimal number) {
      return decimal(what, number);
    }
    if (node instanceof Number
        || node instanceof Boolean
        || node instanceof java.time.temporal.Temporal
        || node instanceof org.apache.avro.generic.GenericEnumSymbol) {
      return node.toString();
    }
    throw new Unfit(
        "%s is %s, expected text, a number, true or false".formatted(what, Nodes.kind(node)));
  }

  private static String decimal(String what, BigDecimal number) {
    if (Math.abs((long) number.scale()) > 1_000) {
      throw new Unfit("%s is a number of more than 1000 digits".formatted(what));
    }
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** Half characters cannot be written: different texts would become one. */
  private static String whole(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new Unfit("%s holds half a character (\\u%04x)".formatted(what, (int) c));
      }
    }
    return text;
  }
}
