package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.embeddedkafka.testing.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of docs/tutorial.md, as a newcomer would: in a shell, each {@code engram} a process of its own. */
@Timeout(300)
final class TutorialTest {

  private static final Pattern BLOCK =
      Pattern.compile(
          "^```sh *(background|until-ok|python)?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  private final Path directory;
  private final List<Process> background = new ArrayList<>();
  private final int broker = FreePort.find();
  private final int registry = FreePort.find();
  private int blocks;

  TutorialTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : background) {
      process.destroy();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void everyCommandWorksAndTheNewMachineIsJudgedRightly(TestReporter reporter) throws Exception {
    Path engram = Files.createDirectories(directory.resolve("bin")).resolve("engram");
    Files.writeString(
        engram,
        "#!/bin/sh\nexec '%s' -cp '%s' -Xmx512m io.engram.cli.Main \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path")));
    assertThat(engram.toFile().setExecutable(true)).isTrue();

    boolean python = pythonIsHere();
    StringBuilder all = new StringBuilder();
    Matcher block = BLOCK.matcher(Files.readString(tutorial(), StandardCharsets.UTF_8));
    while (block.find()) {
      String how = block.group(1) == null ? "" : block.group(1);
      if (python || !how.equals("python")) {
        all.append(run(how, block.group(2)));
      }
    }
    if (python) {
      assertThat(all)
          .containsPattern("adapted to 5 rows, is right about (1[6-9]|20) of 20 others")
          .contains("over HTTP: model default version");
      await().atMost(PATIENCE).until(() -> runLog().contains(" 151 tasks"));
    } else {
      reporter.publishEntry(
          "SKIPPED: the steps in Python", "no numpy and confluent-kafka; .ci/run fetches them");
    }
    assertThat(blocks).isGreaterThanOrEqualTo(8);
    assertThat(all)
        .contains("machine,temperature,vibration,load,state")
        .contains("\n2,ok,")
        .contains("\n3,worn,")
        .contains("accuracy 1.000 on 4")
        .contains("the tutorial says so")
        .contains("parameters/0.weight");
    MultiLayerNetwork model =
        MultiLayerNetwork.load(directory.resolve("model.zip").toFile(), false);
    assertThat(model.getnLayers()).isGreaterThan(1);
    assertThat(directory.resolve("model.npz")).isNotEmptyFile();
  }

  /** Puts a python3 with what the tutorial needs before all others, where there is one. */
  private boolean pythonIsHere() throws IOException, InterruptedException {
    Path finder = CHECKOUT.resolve("python/tests/python3.sh");
    Path python = directory.resolve("bin").resolve("python3");
    Path elsewhere = directory.resolve("found");
    Files.writeString(
        python,
        "#!/bin/sh\nPATH=$PATH_BEFORE ENGRAM_MODULES=numpy,confluent_kafka exec sh '%s' \"$@\"\n"
            .formatted(finder));
    assertThat(python.toFile().setExecutable(true)).isTrue();
    return shell("python3 -c pass", elsewhere.toFile()).waitFor() == 0;
  }

  private String run(String how, String commands) throws IOException, InterruptedException {
    blocks++;
    switch (how) {
      case "background" -> background.add(shell("exec " + commands, new File("run.log")));
      case "until-ok" ->
          await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofSeconds(2))
              .until(() -> output(commands).contains("champion"));
      default -> {
        return output(commands);
      }
    }
    return "";
  }

  private String output(String commands) throws IOException, InterruptedException {
    File file = new File("block-" + blocks + ".log");
    Process process = shell(commands, file);
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + PATIENCE + ":\n" + commands);
    }
    String output = Files.readString(directory.resolve(file.toPath()), StandardCharsets.UTF_8);
    // "until-ok" tries again; all else must work at once.
    assertThat(process.exitValue() == 0 || commands.startsWith("engram models list"))
        .as(commands + "\nprinted:\n" + output + "\nrun.log:\n" + runLog())
        .isTrue();
    return output;
  }

  private String runLog() throws IOException {
    Path log = directory.resolve("run.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private Process shell(String commands, File output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-e", "-c", commands)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(output.toPath()).toFile());
    builder
        .environment()
        .merge("PATH", directory.resolve("bin").toString(), (old, bin) -> bin + ":" + old);
    builder.environment().put("PATH_BEFORE", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    builder.environment().put("CHECKOUT", CHECKOUT.toString());
    builder.environment().put("ENGRAM_BROKER_PORT", Integer.toString(broker));
    builder.environment().put("ENGRAM_BOOTSTRAP", "127.0.0.1:" + broker);
    builder.environment().put("ENGRAM_OPS_RUN_PORT", "0");
    builder.environment().put("ENGRAM_REGISTRY_HTTP_PORT", Integer.toString(registry));
    builder.environment().put("ENGRAM_REGISTRY_URL", "http://127.0.0.1:" + registry);
    return builder.start();
  }

  private static Path tutorial() {
    return CHECKOUT.resolve("docs/tutorial.md");
  }
}
