package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.config.Settings;
import io.engram.cli.role.SigningSettings;
import io.engram.cli.role.SigningSettings.Signer;
import io.engram.cli.role.TopicSettings;
import io.engram.modelregistry.agent.Signatures;
import io.engram.modelregistry.kafka.JournalRepair;
import io.engram.modelregistry.kafka.JournalRepair.Report;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at the registry's log of events. */
@Command(
    name = "repair",
    description = {
      "Shows which records of registry-events no registry wrote, and whether some are lost. Foreign records need no repair: they are "
          + "passed over. After a loss the registry does not start; --write appends an event that says so and lets it go on without."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram registry repair --bootstrap kafka:9092",
      "  engram registry repair --bootstrap kafka:9092 --write"
    })
final class RegistryRepairCommand implements Callable<Integer> {

  private static final int FOREIGN_SHOWN = 100;
  private static final int LONGEST_REASON = 200;

  @Mixin private RoleOptions options = new RoleOptions();

  @Option(
      names = "--write",
      description = "Append what is needed. Stop the registry first: it is taken over from.")
  private boolean write;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings = Settings.load(options.layers(System.getenv()));
    JournalRepair repair =
        new JournalRepair(
            TopicSettings.read(settings),
            RoleProcess.cluster(settings),
            signatures(SigningSettings.read(settings)));
    Report report = repair.inspect();
    print(report);
    if (write && report.missing().isPresent()) {
      report = repair.goOn();
      out().println("an event was appended; the log goes on behind what is lost");
    } else if (write) {
      out().println("nothing has to be written");
    }
    out().flush();
    return report.missing().isEmpty() ? ExitCodes.OK : ExitCodes.FAILURE;
  }

  /** Looking makes no key. */
  private Signatures signatures(SigningSettings signing) {
    return write || signing.keys(Signer.REGISTRY).exists() ? signing.registry() : Signatures.NONE;
  }

  private void print(Report report) {
    out()
        .println(
            "%d events%s of the models %s; %d foreign records"
                .formatted(
                    report.image().events(),
                    report.signed() ? ", signed," : "",
                    report.image().models().keySet(),
                    report.foreign().size()));
    report.foreign().stream()
        .limit(FOREIGN_SHOWN)
        .forEach(it -> out().println("  offset %d: %s".formatted(it.offset(), shown(it.reason()))));
    if (report.foreign().size() > FOREIGN_SHOWN) {
      out().println("  and %d more".formatted(report.foreign().size() - FOREIGN_SHOWN));
    }
    report.missing().ifPresent(it -> out().println("lost: " + shown(it)));
  }

  /** One line, whatever somebody wrote into a record. */
  private static String shown(String reason) {
    String line = reason.replaceAll("\\p{Cntrl}", " ");
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
  }

  private PrintWriter out() {
    return requireNonNull(spec).commandLine().getOut();
  }
}
