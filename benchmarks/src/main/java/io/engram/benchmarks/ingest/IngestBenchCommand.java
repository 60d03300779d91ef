package io.engram.benchmarks.ingest;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import io.engram.benchmarks.ingest.IngestCases.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench ingest}. */
@Command(
    name = "ingest",
    description = {
      "Examples of 3.1 KB and 200 B become tasks, exactly once, in three formats, beside a transactional copy loop over the same records; and how "
          + "long it takes from an example to its task. Then hostile records through the decoders of all formats. With --kills two processes of "
          + "ingest and a broker are killed under a stream of rows: is each row in one task, in its order?"
    },
    mixinStandardHelpOptions = true)
public final class IngestBenchCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--kills",
      description = "Only this: so many kill -9, of ingest and the broker in turn.")
  private int kills;

  @Override
  public Integer call() throws Exception {
    boolean quick = options.quick();
    Machine machine = Machine.here();
    List<Case> cases = new ArrayList<>();
    if (kills > 0) {
      cases.addAll(new KillCases(kills, options::say).run());
      options.report(new BenchReport("ingest", machine, cases));
      return 0;
    }
    try (Site site = new Site()) {
      IngestCases ingest = new IngestCases(site, quick ? 1 : 5, options::say);
      cases.addAll(ingest.throughput(new Size("3.1 KB", 784, quick ? 5_000 : 30_000, 0.6)));
      cases.addAll(ingest.throughput(new Size("200 B", 40, quick ? 10_000 : 100_000, 0.5)));
      options.say("latency …");
      cases.addAll(ingest.latency(quick ? 20 : 300));
      options.say("hostile records …");
      cases.addAll(
          new HostileCases(quick ? 100_000 : 1_000_000).run(site.directory("hostile-schemas")));
    }
    options.report(new BenchReport("ingest", machine, cases));
    return 0;
  }
}
