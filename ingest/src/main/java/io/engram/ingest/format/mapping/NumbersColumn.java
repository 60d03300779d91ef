package io.engram.ingest.format.mapping;

import io.engram.ingest.format.tree.Nodes;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number, true (1) or false (0), a plain decimal number as text, or arrays of these in their order.
 *
 * @param width how many there must be; −1: any
 */
record NumbersColumn(int width) implements Column {

  private static final Pattern PLAIN =
      Pattern.compile("[+-]?(\\d{1,300}(\\.\\d{0,300})?|\\.\\d{1,300})([eE][+-]?\\d{1,3})?");
  private static final int DEEPEST = 64;

  @Override
  public void add(String what, Object node, FloatSink sink) {
    int before = sink.count();
    collect(what, node, sink, 0);
    int found = sink.count() - before;
    if (width >= 0 && found != width) {
      throw new Unfit("%s has %d numbers, expected %d".formatted(what, found, width));
    }
  }

  private static void collect(String what, @Nullable Object node, FloatSink sink, int depth) {
    if (node instanceof double[] numbers) {
      for (double number : numbers) {
        sink.add(number);
      }
    } else if (node instanceof Float number) {
      sink.add(number.floatValue());
    } else if (node instanceof Number number) {
      sink.add(number.doubleValue());
    } else if (node instanceof Boolean yes) {
      sink.add(yes ? 1 : 0);
    } else if (node instanceof CharSequence text && PLAIN.matcher(text).matches()) {
      sink.add(new BigDecimal(text.toString()).doubleValue());
    } else if (node instanceof List<?> list && depth < DEEPEST) {
      list.forEach(element -> collect(what, element, sink, depth + 1));
    } else {
      throw new Unfit(
          "%s %s %s, expected a number"
              .formatted(what, depth == 0 ? "is" : "holds", Nodes.kind(node)));
    }
  }
}
