package io.engram.benchmarks.registry;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.cli.role.ClientAnswerer;
import io.engram.client.FewShotConfig;
import io.engram.client.FewShots;
import io.engram.core.network.NetworkSpec;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.http.HttpConfig;
import io.engram.modelregistry.http.RegistryHttp;
import io.engram.modelregistry.serving.Serving;
import io.engram.modelregistry.serving.ServingConfig;
import io.engram.schemas.Topics;
import io.engram.servicekit.health.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench serving}. */
@Command(
    name = "serving",
    description = {
      "Adapt and predict over HTTP: 10 labeled rows of 20 columns and 10 questions in, answers out, one at a time on one core; then more clients than there is room for."
    },
    mixinStandardHelpOptions = true)
public final class ServingBenchCommand implements Callable<Integer> {

  private static final String MODEL = "serving";
  private static final String PATH = "/v1/models/" + MODEL + "/adapt-and-predict";
  private static final NetworkSpec NETWORK =
      NetworkSpec.parse("input(20) dense(40) relu dense(40) relu dense(5) softmax");
  private static final double GOAL_MILLIS = 5;

  /** One worker, and room for as many as ask. */
  private static final ServingConfig LIMITS =
      new ServingConfig(1, 15, Duration.ofSeconds(2), 1 << 20, 200, 10_000);

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(names = "--seconds", description = "How long each part lasts (default: 20).")
  private int seconds = 20;

  @Option(names = "--clients", description = "Clients at the same time (default: 16).")
  private int clients = 16;

  @Override
  public Integer call() throws Exception {
    int each = options.quick() ? 5 : seconds;
    Machine machine = Machine.here();
    List<Case> cases = new ArrayList<>();
    Topics topics = new Topics("serving-");
    try (Site site = new Site()) {
      site.topic(topics.modelCandidates());
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      Serving serving =
          new Serving(LIMITS, new ClientAnswerer(new FewShots(FewShotConfig.DEFAULT)), meters);
      try (RegistryService registry = site.registry(topics);
          CandidateLine line = new CandidateLine(MODEL, topics, site.kafka(), NETWORK);
          RegistryHttp http =
              RegistryHttp.start(
                  HttpConfig.in(site.directory("http")).withPort(0),
                  registry,
                  Health::healthy,
                  Optional.of(serving))) {
        line.publish(line.candidate(1));
        while (registry.status().model(MODEL).registered() < 1) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
        int port = http.uri().getPort();
        options.say("warming up …");
        new Callers(port, PATH, ServingQuestions.fresh(), clients).run(each);
        options.say("rows never seen …");
        cases.addAll(
            asked(
                "10 rows never seen",
                new Callers(port, PATH, ServingQuestions.fresh(), clients).run(each)));
        options.say("the same rows …");
        cases.addAll(
            asked(
                "10 rows seen before",
                new Callers(port, PATH, ServingQuestions.same(), clients).run(each)));
        options.say("more than there is room for …");
        cases.addAll(overload(port, each));
      }
    }
    options.report(new BenchReport("serving", machine, cases));
    return 0;
  }

  private List<Case> asked(String name, Callers.Outcome outcome) {
    String what = name + ", " + clients + " clients";
    double median = outcome.answered().median();
    return List.of(
        Case.of(what, "p50", median, "ms").goal("<= 5", median <= GOAL_MILLIS),
        Case.of(what, "p99", outcome.answered().quantile(0.99), "ms"),
        Case.of(what, "throughput", outcome.answers() / outcome.seconds(), "/s"),
        Case.of(
            what,
            "processor time, asking included",
            1e6 * outcome.processorSeconds() / Math.max(1, outcome.answers()),
            "µs"),
        Case.of(what, "not answered", outcome.refused().count() + outcome.others(), ""));
  }

  private List<Case> overload(int port, int each) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(each);
    HealthProbe probe = new HealthProbe(port, () -> System.nanoTime() < end);
    Thread asking = new Thread(probe, "health");
    asking.start();
    Callers.Outcome outcome =
        new Callers(port, PATH, ServingQuestions.fresh(), 4 * clients).run(each);
    asking.join();
    String what = 4 * clients + " clients";
    int refused = outcome.refused().count();
    return List.of(
        Case.of(what, "answered", outcome.answers() / outcome.seconds(), "/s"),
        Case.of(what, "p99 of answers", outcome.answered().quantile(0.99), "ms"),
        Case.of(what, "refused with 429", refused / outcome.seconds(), "/s")
            .goal("> 0", refused > 0),
        Case.of(what, "p50 of a refusal", outcome.refused().median(), "ms"),
        Case.of(what, "other answers, or none", outcome.others(), "")
            .goal("0", outcome.others() == 0),
        Case.of(what, "/health p99", probe.times().quantile(0.99), "ms"),
        Case.of(what, "/health not answered", probe.failures(), "")
            .goal("0", probe.failures() == 0));
  }
}
