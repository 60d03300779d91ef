package io.engram.benchmarks.registry;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram bench registry}. */
@Command(
    name = "registry",
    description = {
      "From a candidate to 100 subscribers, rollback, few-shot adaptation, a registry of 10,000 versions, "
          + "and updates while broker and registry are killed."
    },
    mixinStandardHelpOptions = true)
public final class RegistryBenchCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Override
  public Integer call() throws Exception {
    boolean quick = options.quick();
    Machine machine = Machine.here();
    List<Case> cases = new ArrayList<>();
    try (Site site = new Site()) {
      options.say("few-shot adaptation …");
      cases.addAll(new FewShotCases(quick ? 30 : 300).run(site));
      options.say("delivery to subscribers …");
      cases.addAll(new DeliveryCases(quick ? 20 : 200).run(site));
      options.say("many versions …");
      cases.addAll(new ManyVersionsCases(quick ? 500 : 10_000, options::say).run(site));
    }
    options.say("updates under kill -9 …");
    cases.addAll(new KillCases(quick ? 100 : 1_000, quick ? 2 : 30, options::say).run());
    options.report(new BenchReport("registry", machine, cases));
    return 0;
  }
}
