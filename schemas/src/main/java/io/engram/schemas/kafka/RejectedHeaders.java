package io.engram.schemas.kafka;

import io.engram.schemas.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** How a {@link Rejected} stands in the headers of a record on {@code examples.rejected}; all values are UTF-8 text. */
public final class RejectedHeaders {

  public static final String CATEGORY = "engram.category";
  public static final String REASON = "engram.reason";
  public static final String SOURCE_TOPIC = "engram.source.topic";
  public static final String SOURCE_PARTITION = "engram.source.partition";
  public static final String SOURCE_OFFSET = "engram.source.offset";
  public static final String SOURCE_FILE = "engram.source.file";
  public static final String SOURCE_ROW = "engram.source.row";

  /** How often the record has been tried, as text; it comes back with a record that is sent again. */
  public static final String ATTEMPT = "engram.attempt";

  private static final int MOST_ATTEMPTS = 1_000_000;

  private RejectedHeaders() {}

  /** Adds the headers; those the record came with stay. */
  public static void write(Headers headers, Rejected rejected) {
    put(headers, CATEGORY, rejected.category());
    put(headers, REASON, rejected.reason());
    if (rejected.source() instanceof Rejected.Source.Log log) {
      put(headers, SOURCE_TOPIC, log.topic());
      put(headers, SOURCE_PARTITION, Integer.toString(log.partition()));
      put(headers, SOURCE_OFFSET, Long.toString(log.offset()));
    } else if (rejected.source() instanceof Rejected.Source.File file) {
      put(headers, SOURCE_FILE, file.file());
      put(headers, SOURCE_ROW, Long.toString(file.row()));
    }
  }

  /** Reads them back; empty if the record carries no (or no whole) rejection. */
  public static Optional<Rejected> read(Headers headers) {
    Optional<Rejected.Source> source = log(headers).or(() -> file(headers));
    return source.flatMap(
        from ->
            get(headers, REASON)
                .map(reason -> new Rejected(get(headers, CATEGORY).orElse("other"), reason, from)));
  }

  /** How often the record has been tried before it stood here; 0 for one that is new. */
  public static int attempts(Headers headers) {
    return number(headers, ATTEMPT).map(count -> (int) Math.min(count, MOST_ATTEMPTS)).orElse(0);
  }

  /** Says how often the record has been tried. */
  public static void writeAttempts(Headers headers, int attempts) {
    put(headers, ATTEMPT, Integer.toString(attempts));
  }

  /** Takes out what {@link #write} added: the record is as it came, but for its attempts. */
  public static void remove(Headers headers) {
    for (String name :
        List.of(
            CATEGORY,
            REASON,
            SOURCE_TOPIC,
            SOURCE_PARTITION,
            SOURCE_OFFSET,
            SOURCE_FILE,
            SOURCE_ROW)) {
      headers.remove(name);
    }
  }

  private static Optional<Rejected.Source> log(Headers headers) {
    return get(headers, SOURCE_TOPIC)
        .flatMap(
            topic ->
                number(headers, SOURCE_PARTITION)
                    .flatMap(
                        partition ->
                            number(headers, SOURCE_OFFSET)
                                .map(
                                    offset ->
                                        new Rejected.Source.Log(
                                            topic, Math.toIntExact(partition), offset))));
  }

  private static Optional<Rejected.Source> file(Headers headers) {
    return get(headers, SOURCE_FILE)
        .flatMap(
            file -> number(headers, SOURCE_ROW).map(row -> new Rejected.Source.File(file, row)));
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> get(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }

  private static Optional<Long> number(Headers headers, String name) {
    return get(headers, name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
  }
}
