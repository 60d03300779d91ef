package io.engram.cli.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SourceRecord;
import io.engram.schemas.Rejected;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A feed that is told to stop says what it has sent, however slow the disk. */
@Timeout(60)
final class SourceFeedCloseTest {

  private static final FeedConfig CONFIG = new FeedConfig(10, 1000, false);
  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void aCommitThatHasBegunIsWaitedFor() throws InterruptedException {
    SlowLog log = new SlowLog();
    SourceFeed feed = SourceFeed.start(new Refusals(() -> {}), CONFIG, log, () -> 0, SHORT);
    log.committing.await();
    Thread closing = new Thread(feed::close);
    closing.start();
    // Far beyond the patience that a source has.
    closing.join(20 * SHORT.toMillis());
    assertThat(closing.isAlive()).isTrue();
    log.disk.countDown();
    closing.join();
    assertThat(feed.sent()).isEqualTo(10);
    assertThat(feed.termination()).isCompleted();
  }

  @Test
  void aSourceThatGivesNothingIsNotWaitedFor() throws InterruptedException {
    SlowLog log = new SlowLog();
    log.disk.countDown();
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    Refusals source =
        new Refusals(
            () -> {
              asked.countDown();
              waitFor(answer);
            });
    SourceFeed feed = SourceFeed.start(source, CONFIG, log, () -> 0, SHORT);
    asked.await();
    feed.close();
    assertThat(feed.sent()).isZero();
    assertThat(feed.termination()).isNotDone();
    answer.countDown();
    await().untilAsserted(() -> assertThat(feed.termination()).isDone());
  }

  private static final class SlowLog implements FeedLog {

    private final CountDownLatch committing = new CountDownLatch(1);
    private final CountDownLatch disk = new CountDownLatch(1);

    @Override
    public long next() {
      return 0;
    }

    @Override
    public boolean ended() {
      return false;
    }

    @Override
    public void begin() {}

    @Override
    public void send(SourceRecord record) {}

    @Override
    public void end(long records) {}

    @Override
    public void commit() {
      committing.countDown();
      waitFor(disk);
    }

    @Override
    public void close(Duration patience) {}
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Bad data without end. */
  private record Refusals(Runnable before) implements ExampleSource {

    @Override
    public OptionalLong size() {
      return OptionalLong.empty();
    }

    @Override
    public boolean finite() {
      return false;
    }

    @Override
    public Map<String, String> identity() {
      return Map.of();
    }

    @Override
    public String description() {
      return "bad data";
    }

    @Override
    public Cursor open(long first) {
      AtomicLong next = new AtomicLong(first);
      return () -> {
        before.run();
        long index = next.getAndIncrement();
        Rejected why = new Rejected("bad", "no row", new Rejected.Source.File("f", index));
        return new SourceRecord.Refused(index, null, new byte[0], why);
      };
    }
  }
}
