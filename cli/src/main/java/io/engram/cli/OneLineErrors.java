package io.engram.cli;

import io.engram.cli.config.InvalidSettings;
import io.engram.cli.ops.Failures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says in one line on the standard error what went wrong; the log has the rest. */
final class OneLineErrors implements IExecutionExceptionHandler {

  /** Not among Engram's own, which may be shown on the standard error too. */
  private static final Logger LOG = LoggerFactory.getLogger("failure");

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    LOG.error("engram has stopped", failure);
    commandLine.getErr().println("engram: " + Failures.inOneLine(failure));
    commandLine.getErr().flush();
    return failure instanceof InvalidSettings ? ExitCodes.USAGE : ExitCodes.FAILURE;
  }

  static int usage(ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    command.getErr().println("engram: " + problem.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(problem, command.getErr())) {
      command
          .getErr()
          .println("'" + command.getCommandSpec().qualifiedName() + " --help' says what there is");
    }
    command.getErr().flush();
    return ExitCodes.USAGE;
  }
}
