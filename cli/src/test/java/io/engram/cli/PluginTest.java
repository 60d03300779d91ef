package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.core.compute.EngineKind;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's jar: compiled here, put into a directory, and found by a process of its own as the launcher starts it. */
@Timeout(180)
final class PluginTest {

  private static final String NAME = "elsewhere.LentKind";

  private static final String SOURCE =
      """
      package elsewhere;

      import io.engram.core.compute.episode.Capabilities;
      import io.engram.core.compute.ComputeEngine;
      import io.engram.core.compute.EngineKind;
      import io.engram.core.compute.episode.MetaProgram;
      import io.engram.core.network.NetworkSpec;
      import io.engram.engine.fused.FusedEngine;

      public final class LentKind implements EngineKind {
        @Override public String name() { return "lent"; }
        @Override public int rank() { return 1; }
        @Override public Availability availability() { return new Availability.Here("a lent device"); }
        @Override public ComputeEngine open(int threads) {
          return new ComputeEngine() {
            @Override public String name() { return "lent-engine"; }
            @Override public Capabilities capabilities() { return Capabilities.secondOrder(); }
            @Override public MetaProgram compile(NetworkSpec network) {
              return new FusedEngine(threads).compile(network);
            }
          };
        }
      }
      """;

  private final Path directory;
  private final Path plugins;

  PluginTest(@TempDir Path directory) {
    this.directory = directory;
    this.plugins = directory.resolve("plugins");
  }

  @BeforeEach
  void makeTheJar() throws IOException {
    Path source = Files.createDirectories(directory.resolve("elsewhere")).resolve("LentKind.java");
    Files.writeString(source, SOURCE);
    Path classes = Files.createDirectories(directory.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(
            compiler.run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString()))
        .isZero();
    Path services =
        Files.createDirectories(classes.resolve("META-INF/services"))
            .resolve(EngineKind.class.getName());
    Files.writeString(services, NAME + "\n");
    Files.createDirectories(plugins);
    jar(classes, plugins.resolve("lent-engine.jar"));
  }

  @Test
  void itsEngineIsListedAndTriedLikeOurs() throws Exception {
    List<JsonNode> engines = engram("engines", "--json");
    assertThat(engines).extracting(it -> it.path("engine").asText()).contains("lent", "fused");
    JsonNode lent =
        engines.stream()
            .filter(it -> it.path("engine").asText().equals("lent"))
            .findFirst()
            .orElseThrow();
    assertThat(lent.path("device").asText()).isEqualTo("a lent device");
    assertThat(lent.path("differenceFromFused").asDouble()).isZero();
  }

  @Test
  void itsEngineLearns() throws Exception {
    List<JsonNode> lines =
        engram(
            "run",
            "--json",
            "--engine",
            "lent",
            "--tasks",
            "40",
            "--state",
            directory.resolve("state").toString(),
            "--set",
            "broker.port=0",
            "--set",
            "ops.run-port=off",
            "--set",
            "registry.http.port=0");
    assertThat(lines)
        .extracting(it -> it.path("text").asText())
        .contains("computing with lent (a lent device)");
    JsonNode summary = lines.get(lines.size() - 1);
    assertThat(summary.path("event").asText()).isEqualTo("summary");
    assertThat(summary.path("tasks").asLong()).isEqualTo(40);
    assertThat(summary.path("metaUpdates").asLong()).isPositive();
  }

  /** Lines of JSON from a process whose class path ends as the launcher's does. */
  private List<JsonNode> engram(String... arguments) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-Xmx512m",
                            "-cp",
                            withoutNd4j() + File.pathSeparator + plugins.resolve("*"),
                            Main.class.getName()),
                        Stream.of(arguments))
                    .toList())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(err)).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(out, StandardCharsets.UTF_8)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  /** As users have it, and quicker to try. */
  private static String withoutNd4j() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.matches(".*(nd4j|deeplearning4j).*"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void jar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      for (Path it : files.filter(Files::isRegularFile).sorted().toList()) {
        entries.putNextEntry(
            new JarEntry(classes.relativize(it).toString().replace(File.separatorChar, '/')));
        Files.copy(it, entries);
        entries.closeEntry();
      }
    }
  }
}
