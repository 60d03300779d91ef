package io.engram.cli.taste;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class StopwatchTest {

  private final AtomicLong now = new AtomicLong(-7);
  private final List<String> said = new ArrayList<>();
  private final Stopwatch watch = new Stopwatch(now::get, 100, said::add);

  private void pass(long seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void itKnowsWhenAPartOfTheTimeIsSpent() {
    pass(85);
    assertThat(watch.beyond(0.85)).isFalse();
    pass(1);
    assertThat(watch.beyond(0.85)).isTrue();
    assertThat(watch.beyond(1)).isFalse();
  }

  @Test
  void itSaysHowFarItIsEveryFewSeconds() {
    watch.say("learning");
    for (int i = 1; i <= 12; i++) {
      pass(1);
      watch.sayAtTimes("tasks", 1000 * i, 12_000);
    }
    assertThat(said)
        .containsExactly(
            "learning", "tasks: 5,000 of 12,000, 5 s", "tasks: 10,000 of 12,000, 10 s");
  }
}
