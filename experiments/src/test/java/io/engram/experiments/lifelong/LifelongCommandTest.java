package io.engram.experiments.lifelong;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class LifelongCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--seeds 0 | found 0, expected at least 1",
        "--drift --steps many | found 'many', expected a whole number",
        "--drift --time | --time, --drift and --through-kafka are benches of their own",
        "--steps 100 | --steps goes with --drift",
        "--set a=b | --set goes with --through-kafka",
        "--drift --streams ROTATIONS | --streams does not go with other benches",
        "--drift --learner OURS | --learner goes with Rotations, Permutations and Many Permutations alone",
        "--tune --time | --tune goes with --drift or alone",
        "--time --seeds 3 | --seeds does not go with --time",
        "--learner NOBODY | expected one of"
      })
  void whatCannotBeIsSaidBeforeAnythingIsRun(String line, String problem) {
    StringWriter said = new StringWriter();
    int status =
        new CommandLine(new LifelongCommand())
            .setErr(new PrintWriter(said))
            .execute(line.split(" "));
    assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString()).contains(problem);
  }
}
