package io.engram.benchmarks.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks every role for its health each second, and holds the answer against what is so. Within {@link #GRACE} of a change nothing is held
 * against anybody: a role asks its broker every three seconds, with five seconds' patience, and what starts says so.
 */
final class HealthTruth implements AutoCloseable {

  /** How long a change may take to be seen. */
  static final Duration GRACE = Duration.ofSeconds(15);

  private static final Duration PATIENCE = Duration.ofMillis(800);

  private final Works works;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::look, "bench-health");
  private final Map<Role, Long> changed = new EnumMap<>(Role.class);
  private final List<String> lies = new ArrayList<>();
  private boolean brokerAway;
  private boolean recovering;
  private @Nullable Role suffering;
  private int judged;
  private int asked;

  HealthTruth(Works works) {
    this.works = works;
    changed();
    thread.start();
  }

  /** Something was done to somebody, or is over. */
  synchronized void changed() {
    changed(null);
  }

  /**
   * The same.
   *
   * @param suffering who may say that it is not well; null for nobody
   */
  synchronized void changed(@Nullable Role suffering) {
    this.suffering = suffering;
    Role.ofEngram().forEach(role -> changed.put(role, System.nanoTime()));
    RoleProcess broker = works.of(Role.BROKER);
    brokerAway = broker.frozen() || !broker.alive();
  }

  private void look() {
    try {
      while (!stop.await(1, TimeUnit.SECONDS)) {
        for (Role role : Role.ofEngram()) {
          judge(role, ask(works.of(role)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** From when something is done until examples flow again nobody need say that all is well. */
  synchronized void recovering(boolean now) {
    recovering = now;
  }

  private record Answer(int status, String text) {}

  /** What it says; the status 0 where it says nothing. */
  private Answer ask(RoleProcess process) throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + process.opsPort() + "/health");
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body().strip());
    } catch (IOException e) {
      return new Answer(0, "");
    }
  }

  private synchronized void judge(Role role, Answer answer) {
    asked++;
    RoleProcess process = works.of(role);
    if (process.frozen() || !process.alive() || role == suffering) {
      return; // it says nothing, and so says the truth
    }
    if (System.nanoTime() - changed.getOrDefault(role, 0L) < GRACE.toNanos()) {
      return;
    }
    judged++;
    if (brokerAway && answer.status() == 200) {
      lies.add(role.word() + " said up without a broker");
    } else if (!brokerAway
        && !recovering
        && answer.status() == 503
        && !answer.text().equals("starting")) {
      lies.add("%s said: %s".formatted(role.word(), answer.text()));
    }
  }

  synchronized int asked() {
    return asked;
  }

  synchronized int judged() {
    return judged;
  }

  synchronized List<String> lies() {
    return List.copyOf(lies);
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
