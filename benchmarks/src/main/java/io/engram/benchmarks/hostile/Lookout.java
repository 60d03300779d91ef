package io.engram.benchmarks.hostile;

import io.engram.benchmarks.crash.ProcessFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks for {@code /health} and looks at the memory of a process, four times a second, in a thread of its own. */
final class Lookout implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MILLIS = 250;
  private static final double MEGABYTE = 1 << 20;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final HttpRequest request;
  private final ProcessFigures process;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private final List<Double> residentMegabytes = new ArrayList<>();
  private final List<Double> answerMillis = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();

  Lookout(Besieged besieged) {
    this.request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + besieged.opsPort() + "/health"))
            .timeout(PATIENCE)
            .build();
    this.process = new ProcessFigures(besieged.pid());
    this.thread = new Thread(this::look, "bench-lookout");
    thread.start();
  }

  private void look() {
    try {
      while (!stop.await(MILLIS, TimeUnit.MILLISECONDS)) {
        residentMegabytes.add(process.residentBytes() / MEGABYTE);
        ask();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException e) {
      bad.add("the process is gone");
    }
  }

  private void ask() throws InterruptedException {
    long start = System.nanoTime();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      answerMillis.add((System.nanoTime() - start) / 1e6);
      if (answer.statusCode() != 200) {
        bad.add(answer.body().strip());
      }
    } catch (IOException e) {
      bad.add(String.valueOf(e));
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Ends it; only then may it be asked. */
  void end() {
    stop.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int asked() {
    return answerMillis.size();
  }

  /** Answers that were not {@code up}. */
  List<String> bad() {
    return bad;
  }

  /** So long did this part of all answers take at most. */
  double answerMillis(double part) {
    List<Double> sorted = answerMillis.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get((int) (part * (sorted.size() - 1)));
  }

  /** The mean of a quarter, 0 to 3. */
  double residentMegabytes(int quarter) {
    int size = residentMegabytes.size();
    return residentMegabytes.subList(size * quarter / 4, size * (quarter + 1) / 4).stream()
        .mapToDouble(it -> it)
        .average()
        .orElse(0);
  }
}
