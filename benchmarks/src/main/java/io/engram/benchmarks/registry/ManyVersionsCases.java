package io.engram.benchmarks.registry;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Rounds;
import io.engram.core.network.NetworkSpec;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.http.HttpConfig;
import io.engram.modelregistry.http.RegistryHttp;
import io.engram.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A registry that has seen a great many versions: how long its answers and its restart take. */
final class ManyVersionsCases {

  private static final String MODEL = "many";
  private static final int CALLS = 30;
  private static final double ANSWER_GOAL_MILLIS = 50;
  private static final double RESTART_GOAL_MILLIS = 3000;
  private static final int PROGRESS_EVERY = 1000;

  private final int versions;
  private final Consumer<String> progress;
  private final HttpClient client = HttpClient.newHttpClient();

  ManyVersionsCases(int versions, Consumer<String> progress) {
    this.versions = versions;
    this.progress = progress;
  }

  List<Case> run(Site site) throws IOException, InterruptedException {
    Topics topics = new Topics("many-");
    site.topic(topics.modelCandidates());
    List<Case> cases = new ArrayList<>();
    try (RegistryService registry = site.registry(topics)) {
      register(registry, topics, site);
      HttpConfig config = HttpConfig.in(site.directory("many-http")).withPort(0);
      try (RegistryHttp http = RegistryHttp.start(config, registry)) {
        URI model = http.uri().resolve("/v1/models/" + MODEL + "/");
        cases.add(answer("list of the newest 50", model.resolve("versions?limit=50")));
        cases.add(
            answer("history, last 500", model.resolve("history?limit=500&after=" + versions)));
        cases.add(answer("champions", model.resolve("champions")));
        cases.add(
            answer(
                "compare two versions",
                model.resolve("compare?a=%d&b=%d".formatted(versions - 1, versions))));
      }
    }
    cases.add(restart(site, topics));
    return cases;
  }

  private void register(RegistryService registry, Topics topics, Site site)
      throws InterruptedException {
    CountDownLatch all = new CountDownLatch(versions);
    long[] seen = new long[1];
    NetworkSpec network = NetworkSpec.parse("input(8) dense(16) relu dense(5) softmax");
    RegistryService.Registration registration =
        registry.onChange(
            image -> {
              long newest = image.model(MODEL).map(it -> it.newest()).orElse(0L);
              for (; seen[0] < newest; seen[0]++) {
                all.countDown();
              }
            });
    try (registration;
        CandidateLine line = new CandidateLine(MODEL, topics, site.kafka(), network)) {
      for (long n = 1; n <= versions; n++) {
        line.publish(line.candidate(n));
        if (n % PROGRESS_EVERY == 0) {
          progress.accept("%d of %d candidates published".formatted(n, versions));
        }
      }
      all.await();
    }
  }

  private Case answer(String what, URI uri) throws IOException, InterruptedException {
    Rounds samples = new Rounds();
    HttpRequest request = HttpRequest.newBuilder(uri).build();
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      samples.addNanos(System.nanoTime() - start);
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(uri + " answered " + answer.statusCode());
      }
    }
    return atMost(what, samples, ANSWER_GOAL_MILLIS);
  }

  private Case restart(Site site, Topics topics) {
    Rounds samples = new Rounds();
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      try (RegistryService registry = site.registry(topics)) {
        samples.addNanos(System.nanoTime() - start);
        long newest = registry.image().model(MODEL).map(it -> it.newest()).orElse(0L);
        if (newest != versions) {
          throw new IllegalStateException("found %d versions of %d".formatted(newest, versions));
        }
      }
    }
    return atMost("restart until ready", samples, RESTART_GOAL_MILLIS);
  }

  private Case atMost(String what, Rounds samples, double goal) {
    double median = samples.median();
    return Case.of(versions + " versions", what, median, "ms", samples.spread())
        .goal("<= " + goal, median <= goal);
  }
}
