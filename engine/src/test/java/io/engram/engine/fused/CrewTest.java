package io.engram.engine.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyItemIsWorkedOnOnceAndDoneWhenTheRunReturns(int workers) {
    try (Crew crew = new Crew(workers, "test")) {
      for (int round = 0; round < 20_000; round++) {
        int count = round % 11;
        int mark = round;
        // Plain writes of whoever got the item: the caller must see them all.
        int[] marks = new int[count];
        AtomicIntegerArray times = new AtomicIntegerArray(count);
        crew.run(
            count,
            (worker, item) -> {
              marks[item] = mark;
              times.incrementAndGet(item);
            });
        assertThat(Arrays.stream(marks)).allMatch(m -> m == mark);
        for (int item = 0; item < count; item++) {
          assertThat(times.get(item)).as("item %s of run %s", item, round).isEqualTo(1);
        }
      }
    }
  }

  /** Two different jobs in turn, as in a meta-gradient: a late helper must not run one with the other's items. */
  @Test
  void aLateHelperDoesNotMixRunsUp() {
    AtomicLong small = new AtomicLong();
    AtomicLong large = new AtomicLong();
    Crew.Job few = (worker, item) -> small.addAndGet(1L << (8 * item));
    Crew.Job many = (worker, item) -> large.addAndGet(item + 1);
    try (Crew crew = new Crew(6, "test")) {
      for (int round = 0; round < 20_000; round++) {
        small.set(0);
        large.set(0);
        crew.run(2, few);
        crew.run(40, many);
        assertThat(small.get()).isEqualTo(0x101);
        assertThat(large.get()).isEqualTo(40 * 41 / 2);
      }
    }
  }

  @Test
  void helpersTakePart() throws InterruptedException {
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    CountDownLatch allThere = new CountDownLatch(4);
    try (Crew crew = new Crew(4, "test")) {
      // Each waits inside its item for the others: only four different threads can finish.
      crew.run(
          4,
          (worker, item) -> {
            seen.add(worker);
            allThere.countDown();
            await(allThere);
          });
    }
    assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void theLowestFailedItemIsReportedAfterAllAreDone() {
    AtomicIntegerArray times = new AtomicIntegerArray(10);
    try (Crew crew = new Crew(3, "test")) {
      assertThatThrownBy(
              () ->
                  crew.run(
                      10,
                      (worker, item) -> {
                        times.incrementAndGet(item);
                        if (item == 3 || item == 7) {
                          throw new IllegalArgumentException("item " + item);
                        }
                      }))
          .hasMessage("item 3");
      assertThat(times.toString()).isEqualTo("[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]");
      crew.run(10, (worker, item) -> times.incrementAndGet(item));
      assertThat(times.toString()).isEqualTo("[2, 2, 2, 2, 2, 2, 2, 2, 2, 2]");
    }
  }

  @Test
  void anInterruptedCallerFinishesFirst() {
    AtomicIntegerArray times = new AtomicIntegerArray(100);
    try (Crew crew = new Crew(3, "test")) {
      Thread.currentThread().interrupt();
      crew.run(100, (worker, item) -> times.incrementAndGet(item));
      assertThat(Thread.interrupted()).isTrue();
    }
    for (int item = 0; item < 100; item++) {
      assertThat(times.get(item)).isEqualTo(1);
    }
  }

  @Test
  void aRunAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Crew.Job nothing = (worker, item) -> {};
    try (Crew crew = new Crew(3, "test")) {
      for (int i = 0; i < 2_000; i++) {
        crew.run(5, nothing);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 2_000; i++) {
        crew.run(5, nothing);
      }
      assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 2_000).isZero();
    }
  }

  @Test
  void aClosedCrewRefusesAndItsThreadsAreGone() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch allThere = new CountDownLatch(3);
    Crew crew = new Crew(3, "test");
    crew.run(
        3,
        (worker, item) -> {
          threads.add(Thread.currentThread());
          allThere.countDown();
          await(allThere);
        });
    crew.close();

    threads.remove(Thread.currentThread());
    assertThat(threads).hasSize(2).noneMatch(Thread::isAlive);
    assertThatThrownBy(() -> crew.run(3, (worker, item) -> {}))
        .isInstanceOf(IllegalStateException.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
