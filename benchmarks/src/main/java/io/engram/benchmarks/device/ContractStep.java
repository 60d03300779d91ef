package io.engram.benchmarks.device;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.engram.benchmarks.BenchReport.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The tests of the engine's own package, the suite that every engine passes among them, on this machine. */
final class ContractStep implements Step {

  private static final String NAME = "contract suite";

  /** Tests at once. More than one spends less time on the reference, which is computed on the processor. */
  private static final String THREADS = "engram.contract.threads";

  private static final int SAY_EVERY = 25;
  private static final int MESSAGE_LINES = 4;
  private static final int LINE_LENGTH = 220;

  @Override
  public void run(StepContext context) {
    Tally tally = new Tally(context);
    int threads = Math.max(1, Integer.getInteger(THREADS, 1));
    LauncherDiscoveryRequest tests =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage("io.engram.engine." + context.engine()))
            .configurationParameters(
                Map.of(
                    "junit.jupiter.execution.timeout.default",
                    "100 s",
                    "junit.jupiter.execution.parallel.enabled",
                    Boolean.toString(threads > 1),
                    "junit.jupiter.execution.parallel.mode.default",
                    "concurrent",
                    "junit.jupiter.execution.parallel.config.strategy",
                    "fixed",
                    "junit.jupiter.execution.parallel.config.fixed.parallelism",
                    Integer.toString(threads)))
            .build();
    LauncherFactory.create().execute(tests, tally);
    tally.report();
  }

  /** Counts as it goes, so that a suite that is killed in the middle has said what failed until then. */
  private static final class Tally implements TestExecutionListener {
    private final StepContext context;
    private final List<String> failures = new ArrayList<>();
    private final List<String> skips = new ArrayList<>();
    private int passed;

    Tally(StepContext context) {
      this.context = context;
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
      switch (result.getStatus()) {
        case SUCCESSFUL -> {
          if (test.isTest()) {
            passed++;
          }
        }
        case ABORTED -> skips.add(describe(test, result));
        case FAILED -> {
          failures.add(describe(test, result));
          context.say().accept("FAILED " + failures.get(failures.size() - 1));
          keep();
        }
      }
      int done = passed + failures.size() + skips.size();
      if (test.isTest() && done % SAY_EVERY == 0) {
        context.say().accept(done + " tests, " + failures.size() + " failed");
        keep();
      }
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
      skips.add(test.getDisplayName() + ": " + reason);
    }

    /** Anew after every failure and now and then, so that a suite that is killed in the middle has its figures. */
    void keep() {
      List<Case> lines =
          new ArrayList<>(
              List.of(
                  count("passed", passed),
                  Case.of(NAME, "failed", failures.size(), "tests").goal("0", failures.isEmpty()),
                  count("skipped", skips.size())));
      for (String failure : failures) {
        lines.add(Remark.held(NAME, "failure", false, failure.replace('\n', ' ')));
      }
      context.cases().set(lines);
    }

    void report() {
      for (String skip : skips) {
        context.say().accept("skipped " + skip);
      }
      if (passed + failures.size() + skips.size() == 0) {
        context
            .cases()
            .add(
                Remark.missing(
                    NAME,
                    "tests",
                    "no tests of the engine on the class path; they are in the archive that benchmarks/device/pack makes"));
        return;
      }
      keep();
    }

    private static Case count(String metric, int tests) {
      return Case.of(NAME, metric, tests, "tests");
    }

    private static String describe(TestIdentifier test, TestExecutionResult result) {
      String message =
          result.getThrowable().map(Throwable::toString).orElse("without an exception").strip();
      StringBuilder text = new StringBuilder(name(test)).append(": ");
      message
          .lines()
          .filter(line -> !line.isBlank())
          .limit(MESSAGE_LINES)
          .forEach(line -> text.append(shortened(line.strip())).append("\n  "));
      return text.toString().strip();
    }

    /** The method and, of a parameterized test, its arguments. */
    private static String name(TestIdentifier test) {
      String id = test.getUniqueId();
      int method = Math.max(id.lastIndexOf("[method:"), id.lastIndexOf("[test-template:"));
      String place = method < 0 ? "" : id.substring(id.indexOf(':', method) + 1).split("\\(", 2)[0];
      return test.getDisplayName().startsWith(place) ? place : place + " " + test.getDisplayName();
    }

    private static String shortened(String line) {
      return line.length() <= LINE_LENGTH ? line : line.substring(0, LINE_LENGTH) + "…";
    }
  }
}
