package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.config.Settings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the configuration. */
@Command(
    name = "config",
    description = "Prints every configuration key in force and where its value came from.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram config --reference              every key explained",
      "  engram config --source omniglot        with the preset of a source",
      "  engram config --config my.conf --set learner.replay=8"
    })
final class ConfigCommand implements Callable<Integer> {

  @Mixin private ConfigOptions config = new ConfigOptions();
  @Mixin private SourceOptions source = new SourceOptions();

  @Option(names = "--reference", description = "Print the reference file instead.")
  private boolean reference;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = requireNonNull(spec).commandLine().getOut();
    if (reference) {
      out.print(Settings.referenceText());
    } else {
      for (Settings.Entry entry :
          RunSettings.withPreset(source.over(config.layers(System.getenv()))).entries()) {
        out.printf("%-42s # %s%n", entry.key() + " = " + entry.value(), entry.origin());
      }
    }
    out.flush();
    return ExitCodes.OK;
  }
}
