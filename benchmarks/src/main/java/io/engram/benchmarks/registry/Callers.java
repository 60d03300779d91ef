package io.engram.benchmarks.registry;

import com.sun.management.OperatingSystemMXBean;
import io.engram.benchmarks.Rounds;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Clients that ask one question after another, all at the same time, for a while.
 *
 * @param path what they post to
 * @param body of the n-th question of a client
 * @param clients how many
 */
record Callers(int port, String path, LongFunction<byte[]> body, int clients) {

  /**
   * What came of it.
   *
   * @param answered milliseconds of those answered with 200
   * @param refused milliseconds of those answered with 429
   * @param others answered in another way, or not
   * @param seconds that it lasted
   * @param processorSeconds of this process meanwhile, the clients' among them
   */
  record Outcome(
      Rounds answered, Rounds refused, int others, double seconds, double processorSeconds) {

    int answers() {
      return answered.count();
    }
  }

  Outcome run(double seconds) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    List<One> all = new ArrayList<>();
    long worked = processorNanos();
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    for (int i = 0; i < clients; i++) {
      One one = new One(i, end);
      all.add(one);
      Thread thread = new Thread(one, "caller-" + i);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double lasted = (System.nanoTime() - start) / 1e9;
    double processor = (processorNanos() - worked) / 1e9;
    Rounds answered = new Rounds();
    Rounds refused = new Rounds();
    int others = 0;
    for (One one : all) {
      one.answered.forEach(answered::addNanos);
      one.refused.forEach(refused::addNanos);
      others += one.others;
    }
    return new Outcome(answered, refused, others, lasted, processor);
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private final class One implements Runnable {

    private static final long MILLIS_AFTER_REFUSAL = 5;
    private final int number;
    private final long end;
    private final List<Long> answered = new ArrayList<>();
    private final List<Long> refused = new ArrayList<>();
    private int others;

    One(int number, long end) {
      this.number = number;
      this.end = end;
    }

    @Override
    public void run() {
      try (Caller caller = new Caller(port, path)) {
        for (long n = number; System.nanoTime() < end; n += clients) {
          ask(caller, body.apply(n));
        }
      } catch (IOException e) {
        others++;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void ask(Caller caller, byte[] question) throws InterruptedException {
      long start = System.nanoTime();
      try {
        int status = caller.post(question);
        long took = System.nanoTime() - start;
        if (status == 200) {
          answered.add(took);
        } else if (status == 429) {
          refused.add(took);
          TimeUnit.MILLISECONDS.sleep(MILLIS_AFTER_REFUSAL);
        } else {
          others++;
        }
      } catch (IOException e) {
        others++;
      }
    }
  }
}
