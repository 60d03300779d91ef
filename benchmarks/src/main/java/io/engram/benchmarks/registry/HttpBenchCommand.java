package io.engram.benchmarks.registry;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.cli.ops.OpsServer;
import io.engram.cli.ops.ProcessMeters;
import io.engram.core.network.NetworkSpec;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.http.HttpConfig;
import io.engram.modelregistry.http.RegistryHttp;
import io.engram.schemas.Topics;
import io.engram.servicekit.health.Health;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench http}. */
@Command(
    name = "http",
    description = {
      "Fifty hostile clients at the registry's port and at a metrics port: how long /health takes meanwhile, what is answered, what is left behind."
    },
    mixinStandardHelpOptions = true)
public final class HttpBenchCommand implements Callable<Integer> {

  private static final String MODEL = "hostile";

  /** Parameters of 4 MB. */
  private static final NetworkSpec NETWORK =
      NetworkSpec.parse("input(1000) dense(1000) relu dense(5) softmax");

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--seconds",
      description = "How long each kind of attack lasts (default: 10; 60 with all at once).")
  private int seconds = 10;

  @Option(names = "--clients", description = "Clients at each port (default: ${DEFAULT-VALUE}).")
  private int clients = 50;

  @Override
  public Integer call() throws Exception {
    int each = options.quick() ? 2 : seconds;
    int together = options.quick() ? 6 : 6 * seconds;
    Machine machine = Machine.here();
    List<Case> cases = new ArrayList<>();
    Topics topics = new Topics("http-");
    try (Site site = new Site()) {
      site.topic(topics.modelCandidates());
      try (RegistryService registry = site.registry(topics)) {
        register(site, topics, registry);
        try (RegistryHttp http =
                RegistryHttp.start(HttpConfig.in(site.directory("http")).withPort(0), registry);
            OpsServer ops =
                OpsServer.start(
                    "127.0.0.1",
                    0,
                    List.of(),
                    ProcessMeters.create("bench", Path.of(".")),
                    Health::healthy)) {
          List<Integer> ports = List.of(http.uri().getPort(), ops.port());
          cases.addAll(new Siege(ports, 0, 2).run("nobody", List.of(HostileKind.FLOOD)));
          for (HostileKind kind : HostileKind.values()) {
            options.say(kind + " …");
            cases.addAll(new Siege(ports, clients, each).run(kind.toString(), List.of(kind)));
          }
          options.say("all at once …");
          cases.addAll(
              new Siege(ports, clients, together).run("ALL", List.of(HostileKind.values())));
        }
      }
    }
    options.report(new BenchReport("http", machine, cases));
    return 0;
  }

  private static void register(Site site, Topics topics, RegistryService registry)
      throws InterruptedException {
    try (CandidateLine line = new CandidateLine(MODEL, topics, site.kafka(), NETWORK)) {
      line.publish(line.candidate(1));
    }
    while (registry.status().model(MODEL).registered() < 1) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
