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

/** {@code engram bench ingest}. */
@Command(
    name = "ingest",
    description = {
      "Examples of 3.1 KB and 200 B become tasks, exactly once, in three formats, beside a transactional copy loop over the same records; and how "
          + "long it takes from an example to its task. Then hostile records through the decoders of all formats."
    },
    mixinStandardHelpOptions = true)
public final class IngestBenchCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Override
  public Integer call() throws Exception {
    boolean quick = options.quick();
    Machine machine = Machine.here();
    List<Case> cases = new ArrayList<>();
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
