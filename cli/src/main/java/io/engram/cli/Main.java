package io.engram.cli;

import io.engram.cli.state.Logging;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** Where the process begins. */
public final class Main {

  private static final int HELP_WIDTH = 110;

  private Main() {}

  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    Logging.off();
    LastResort.install();
    System.exit(
        commandLine()
            .setOut(utf8(FileDescriptor.out))
            .setErr(utf8(FileDescriptor.err))
            .execute(args));
  }

  /** JSON is UTF-8 wherever it is read, whatever the locale here. */
  private static PrintWriter utf8(FileDescriptor file) {
    return new PrintWriter(new FileOutputStream(file), true, StandardCharsets.UTF_8);
  }

  private static CommandLine parent(CommandLine line, AddedCommand added) {
    CommandLine found = added.parent().isEmpty() ? line : line.getSubcommands().get(added.parent());
    if (found == null) {
      throw new IllegalStateException(
          "%s is to be a part of the command '%s', which there is not"
              .formatted(added.getClass().getName(), added.parent()));
    }
    return found;
  }

  /** All commands, to be run or to be asked what they take. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new EngramCommand());
    ServiceLoader.load(AddedCommand.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(added -> !added.parent().isEmpty()))
        .forEach(added -> parent(line, added).addSubcommand(added));
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(new OneLineErrors());
    line.setParameterExceptionHandler(OneLineErrors::usage);
    return line;
  }
}
