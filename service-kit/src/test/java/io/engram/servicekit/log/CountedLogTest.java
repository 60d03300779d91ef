package io.engram.servicekit.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CountedLogTest {

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final List<Runnable> later = new ArrayList<>();
  private long nanos;
  private final Logger logger = new LoggerContext().getLogger("test");
  private final CountedLog log = new CountedLog(logger, () -> nanos, later::add);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @Test
  void tenThousandAreFiveAndACount() {
    for (int i = 0; i < 10_000; i++) {
      log.warn("bad record", "record {} is bad", i);
    }
    assertThat(lines.list).hasSize(5);
    assertThat(later).hasSize(1);

    nanos += Duration.ofSeconds(61).toNanos();
    later.get(0).run();

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .last()
        .isEqualTo("… and 9,995 more of 'bad record' in the last minute");
  }

  @Test
  void eachKindHasItsOwnAccountAndAMinuteLaterThereIsRoomAgain() {
    for (int i = 0; i < 6; i++) {
      log.warn("a", "a {}", i);
      log.info("b", "b {}", i);
    }
    assertThat(lines.list).hasSize(10);

    nanos += Duration.ofSeconds(61).toNanos();
    log.warn("a", "a again");

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .endsWith("… and 1 more of 'a' in the last minute", "a again");
  }

  @Test
  void whatGoesOnIsSaidLessAndLessOften() {
    for (int second = 0; second < 24 * 3600; second++) {
      log.warn("flood", "record {} is bad", second);
      nanos += Duration.ofSeconds(1).toNanos();
    }
    assertThat(lines.list).as("a day of one bad record a second").hasSizeLessThan(50);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .contains("… and 120 more of 'flood' in the last 2 minutes");

    nanos += Duration.ofHours(3).toNanos();
    log.warn("flood", "one");
    nanos += Duration.ofHours(3).toNanos();
    int before = lines.list.size();
    for (int i = 0; i < 10; i++) {
      log.warn("flood", "again {}", i);
    }
    assertThat(lines.list).as("it was over; a count of one, and five lines").hasSize(before + 6);
  }

  @Test
  void whatOthersSentStaysInItsLine() {
    log.warn("key", "key '{}'", "a\r\nERROR forged\u001b[2J\u2028\u202e\u0000");

    assertThat(lines.list.get(0).getFormattedMessage())
        .isEqualTo("key 'a\\r\\nERROR forged\\u001b[2J\\u2028\\u202e\\u0000'");
  }

  @Test
  void whatIsLongIsCut() {
    assertThat(Printable.of("x".repeat(1_000_000)))
        .hasSizeLessThan(400)
        .endsWith("… (1,000,000 characters)");
    assertThat(Printable.of("station-Zürich 🙂")).isEqualTo("station-Zürich 🙂");
    assertThat(Printable.of("\ud800x")).isEqualTo("\\ud800x");
  }
}
