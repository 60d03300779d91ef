package io.engram.benchmarks.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.benchmarks.BenchReport.Case;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Steps in processes of their own, on the fused engine. */
class DeviceCommandTest {

  @TempDir private Path out;

  @Test
  void aStepLeavesItsFiguresAndOneThatGoesWrongCostsNoOther() throws Exception {
    run("--only", "agreement,peer,recipe", "--data", out.resolve("nowhere").toString());

    List<Case> cases = CaseFile.read(out.resolve("device.json"));
    assertThat(cases)
        .filteredOn(line -> line.metric().contains("off fused's"))
        .hasSize(36)
        .noneMatch(line -> Boolean.FALSE.equals(line.met()));
    assertThat(cases)
        .anyMatch(line -> line.name().equals("step recipe") && line.metric().equals("went wrong"));
    assertThat(Files.readString(out.resolve("device.txt"))).contains("off fused's");
    assertThat(Files.readString(out.resolve("device.log"))).contains("the data set omniglot");
  }

  @Test
  void whatHasNoTimeIsLeftOutAndSaidSo() {
    long start = System.nanoTime();
    run("--only", "contract,crash", "--seconds", "3");
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    assertThat(CaseFile.read(out.resolve("device.json")))
        .filteredOn(line -> line.metric().equals("left out"))
        .extracting(Case::name)
        .containsExactly("step contract", "step crash");
  }

  private void run(String... arguments) {
    CommandLine command = new CommandLine(new DeviceCommand());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    StringWriter output = new StringWriter();
    command.setOut(new PrintWriter(output));
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--seconds")) {
      all.addAll(List.of("--seconds", "100"));
    }
    all.addAll(List.of("--engine", "fused", "--quick", "--out", out.toString()));
    assertThat(command.execute(all.toArray(String[]::new))).isZero();
    assertThat(output.toString()).contains("\"bench\":\"device\"");
  }
}
