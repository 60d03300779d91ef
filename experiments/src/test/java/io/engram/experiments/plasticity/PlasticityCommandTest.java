package io.engram.experiments.plasticity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PlasticityCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tasks 0 | found 0, expected at least 1",
        "--examples 60001 | --examples: found 60001, there are 60000 digits",
        "--learner NOBODY | expected one of"
      })
  void whatCannotBeIsSaidBeforeAnythingIsRun(String line, String problem) {
    StringWriter said = new StringWriter();
    int status =
        new CommandLine(new PlasticityCommand())
            .setErr(new PrintWriter(said))
            .execute(line.split(" "));
    assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString()).contains(problem);
  }
}
