package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.models.ModelsCommand;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root of all commands. */
@Command(
    name = "engram",
    description = "Learns to learn from a stream of labeled examples, without end.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:something failed: a port, a file, a part of the system",
      "2:the command line or the configuration cannot be used",
      "130:ended by Ctrl-C (143: by SIGTERM); the next start goes on from there"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram run                                             a built-in stream of sine waves",
      "  engram run --source omniglot --data DIR                handwritten characters",
      "  engram run --source csv --file rows.csv --key user --label kind --classification",
      "  engram taste rows.csv --key user --label kind          is it worth running on this table?",
      "  engram config --source omniglot                        what is in force, and why"
    },
    subcommands = {
      RunCommand.class,
      BrokerCommand.class,
      IngestCommand.class,
      LearnerCommand.class,
      PredictCommand.class,
      FeedCommand.class,
      RegistryCommand.class,
      ModelsCommand.class,
      KeysCommand.class,
      AdaptCommand.class,
      AskCommand.class,
      ForgetCommand.class,
      TopicsCommand.class,
      RejectedCommand.class,
      ConfigCommand.class,
      TasteCommand.class,
      EnginesCommand.class,
      AutoComplete.GenerateCompletion.class,
    })
final class EngramCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(requireNonNull(spec).commandLine(), "a command is missing");
  }
}
