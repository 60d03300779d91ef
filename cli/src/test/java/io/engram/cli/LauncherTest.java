package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script in a home of its own, with a Maven and a Java that only say what they were asked. */
final class LauncherTest {

  /** Every module of the parent pom that has sources of its own: a module the script forgets is never built again. */
  private static final List<String> MODULES = modules();

  private final Path home;
  private final Path jdk;

  LauncherTest(@TempDir Path directory) {
    this.home = directory.resolve("a home with spaces");
    this.jdk = directory.resolve("jdk");
  }

  private static List<String> modules() {
    try {
      String pom = Files.readString(launcher().resolveSibling("pom.xml"), StandardCharsets.UTF_8);
      return Pattern.compile("<module>([^<]+)</module>")
          .matcher(pom.substring(0, pom.indexOf("</modules>")))
          .results()
          .map(it -> it.group(1))
          .filter(it -> !it.equals("deploy"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Outcome(int exitCode, String out, String err) {}

  @BeforeEach
  void furnish() throws IOException {
    for (String module : MODULES) {
      Files.createDirectories(home.resolve(module).resolve("src/main"));
      Files.writeString(home.resolve(module).resolve("pom.xml"), "");
      Files.writeString(home.resolve(module).resolve("src/main/A b.java"), module + " 1\n");
    }
    Files.writeString(home.resolve("pom.xml"), "");
    script(home.resolve("engram"), Files.readString(launcher(), StandardCharsets.UTF_8));
    script(
        home.resolve("mvnw"),
        "#!/bin/sh\necho \"mvnw $*\" >> calls\nmkdir -p cli/target/launcher/lib\n");
    java("17.0.9");
  }

  @Test
  void theFirstUseBuildsAndSaysSoAndTheSecondDoesNot() throws IOException, InterruptedException {
    Outcome first = engram("run", "--file", "a b.csv");
    assertThat(first.exitCode()).isZero();
    assertThat(first.err()).contains("building Engram (first use; ");
    assertThat(first.out()).contains("io.engram.cli.Main|run|--file|a b.csv|");
    assertThat(Files.readString(home.resolve("calls")))
        .isEqualTo("mvnw -q -Plauncher -pl cli,experiments -am package\n");

    Outcome second = engram("--version");
    assertThat(second.err()).isEmpty();
    assertThat(second.out()).endsWith("io.engram.cli.Main|--version|\n");
  }

  @Test
  void anEditInAnyModuleIsBuilt() throws IOException, InterruptedException {
    assertThat(builds("--version")).isTrue();
    for (String module : MODULES) {
      Files.writeString(home.resolve(module).resolve("src/main/A b.java"), module + " 2\n");
      assertThat(builds("--version")).as(module).isTrue();
    }
  }

  @Test
  void anAddedAnEditedAndADeletedSourceAreBuilt() throws IOException, InterruptedException {
    assertThat(builds("--version")).isTrue();
    Path added = Files.writeString(home.resolve("core/src/main/New.java"), "");
    Outcome outcome = engram("--version");
    assertThat(outcome.err()).contains("building Engram (sources changed; ");
    assertThat(builds("--version")).isFalse();

    Path edited = home.resolve("learner/src/main/A b.java");
    FileTime before = Files.getLastModifiedTime(edited);
    Files.writeString(edited, "learner 2\n");
    Files.setLastModifiedTime(edited, before);
    assertThat(builds("--version")).as("as long and as old as before").isTrue();
    assertThat(builds("--version")).isFalse();

    Files.delete(added);
    assertThat(builds("--version")).isTrue();
    assertThat(builds("--version")).isFalse();

    Files.writeString(home.resolve("benchmarks/pom.xml"), "<project/>");
    assertThat(builds("--version")).isTrue();
  }

  @Test
  void whatChangesNoJarIsNotBuilt() throws IOException, InterruptedException {
    assertThat(builds("--version")).isTrue();
    Files.setLastModifiedTime(
        home.resolve("core/src/main/A b.java"), FileTime.from(Instant.now().plusSeconds(3600)));
    assertThat(builds("--version")).as("only touched").isFalse();
    Files.createDirectories(home.resolve("core/src/test"));
    Files.writeString(home.resolve("core/src/test/ATest.java"), "");
    assertThat(builds("--version")).as("a test").isFalse();
    Files.writeString(home.resolve("core/src/main/.DS_Store"), "");
    assertThat(builds("--version")).as("a hidden file").isFalse();
  }

  @Test
  void aCopyIsNotBuiltAgain(@TempDir Path directory) throws IOException, InterruptedException {
    assertThat(builds("--version")).isTrue();
    Path copy = directory.resolve("copy");
    FileTime later = FileTime.from(Instant.now().plusSeconds(3600));
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.toList()) {
        Path to = copy.resolve(home.relativize(file).toString());
        Files.copy(file, to);
        if (file.toString().contains("src")) {
          Files.setLastModifiedTime(to, later);
        }
      }
    }
    Outcome outcome = execute(copy, Map.of("JAVA_HOME", jdk.toString()), "--version");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains(copy.toRealPath() + "/cli/target/launcher/engram-cli.jar:");
    Files.writeString(copy.resolve("cli/src/main/A b.java"), "cli 2\n");
    assertThat(execute(copy, Map.of("JAVA_HOME", jdk.toString()), "--version").err())
        .contains("building Engram (sources changed; ");
  }

  @Test
  void anEditDuringTheBuildIsBuiltAtTheNextStart() throws IOException, InterruptedException {
    script(
        home.resolve("mvnw"),
        "#!/bin/sh\n[ -f once ] || { : > once; echo 'core 2' > 'core/src/main/A b.java'; }\n");
    assertThat(builds("--version")).isTrue();
    Files.writeString(home.resolve("core/src/main/A b.java"), "core 1\n");
    assertThat(builds("--version")).as("nobody knows which of the two was compiled").isTrue();
    assertThat(builds("--version")).isFalse();
  }

  @Test
  void afterAFailedBuildTheSameSourcesAreBuilt() throws IOException, InterruptedException {
    String works = Files.readString(home.resolve("mvnw"));
    assertThat(builds("--version")).isTrue();
    script(home.resolve("mvnw"), "#!/bin/sh\nexit 1\n");
    Files.writeString(home.resolve("core/src/main/A b.java"), "core 2\n");
    assertThat(engram("--version").exitCode()).isEqualTo(1);
    Files.writeString(home.resolve("core/src/main/A b.java"), "core 1\n");
    script(home.resolve("mvnw"), works);
    assertThat(builds("--version")).isTrue();
  }

  @Test
  void aBuildLeavesWhatVerifyCompiledAloneAndNothingOfItsOwn()
      throws IOException, InterruptedException {
    Path verified = home.resolve("core/target/classes/A.class");
    Path ours = home.resolve("core/target/launcher/classes/Gone.class");
    for (Path file : List.of(verified, ours)) {
      Files.createDirectories(file.resolve(".."));
      Files.writeString(file, "");
    }
    assertThat(builds("--version")).isTrue();
    assertThat(verified).exists();
    assertThat(ours).doesNotExist();
    assertThat(Files.readString(Path.of("..", "pom.xml")))
        .contains("<directory>${project.basedir}/target/launcher</directory>");
  }

  @Test
  void aFailedBuildShowsItsLogAndEndsInOneLine() throws IOException, InterruptedException {
    script(home.resolve("mvnw"), "#!/bin/sh\necho 'COMPILATION ERROR'\nexit 1\n");
    Outcome outcome = engram("run");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("COMPILATION ERROR")
        .contains("engram: the build failed; the whole log is in " + home);
  }

  @Test
  void anOldJavaIsOneLine() throws IOException, InterruptedException {
    java("11.0.2");
    Outcome outcome = engram("run");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .isEqualTo(
            "engram: Java 17 or newer is needed, found 11.0.2 at %s\n"
                .formatted(jdk.resolve("bin/java")));
  }

  @Test
  void noJavaIsOneLine() throws IOException, InterruptedException {
    Outcome outcome = execute(Map.of("JAVA_HOME", home.toString()), "run");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("engram: no java at").contains("JAVA_HOME");
  }

  @Test
  void newerJvmsAreToldThatNativeCodeIsMeant() throws IOException, InterruptedException {
    java("25.0.1");
    assertThat(engram("run").out()).contains("|--enable-native-access=ALL-UNNAMED|");
  }

  @Test
  void theBuildArchivesClassesForAllLaterStarts() throws IOException, InterruptedException {
    script(
        jdk.resolve("bin/java"),
        Files.readString(jdk.resolve("bin/java"))
            + "for it in \"$@\"; do case $it in -XX:ArchiveClassesAtExit=*) : > \"${it#*=}\" ;; esac; done\n");
    Path archive = home.toRealPath().resolve("cli/target/launcher/engram-17.0.9.jsa");
    assertThat(engram("run").out()).contains("-XX:SharedArchiveFile=" + archive + "|");
    assertThat(Files.readString(home.resolve("cli/target/launcher/archive.log")))
        .as("made by a run of all roles that minds no port")
        .contains("-XX:ArchiveClassesAtExit=" + archive + "|")
        .contains("|io.engram.cli.Main|run|")
        .contains("|broker.port=0|");
    assertThat(engram("--version").out()).contains("-XX:SharedArchiveFile=" + archive + "|");
  }

  @Test
  void withoutAnArchiveItStartsAllTheSame() throws IOException, InterruptedException {
    Outcome first = engram("run");
    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).doesNotContain("SharedArchiveFile");
  }

  @Test
  void jarsOfPluginsComeLastOnTheClassPath() throws IOException, InterruptedException {
    assertThat(engram("run").out()).doesNotContain("plugins");
    Path beside = Files.createDirectories(home.toRealPath().resolve("plugins"));
    String ours = home.toRealPath().resolve("experiments/target/launcher/lib/*").toString();
    assertThat(engram("run").out()).contains(ours + ":" + beside.resolve("*") + "|");
    Path elsewhere = Files.createDirectories(jdk.resolve("more plugins"));
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk.toString(), "ENGRAM_PLUGINS", elsewhere.toString());
    assertThat(execute(environment, "run").out())
        .contains(ours + ":" + beside.resolve("*") + ":" + elsewhere.resolve("*") + "|");
  }

  @Test
  void aDirectoryOfPluginsThatIsNotThereIsOneLine() throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of("JAVA_HOME", jdk.toString(), "ENGRAM_PLUGINS", "/nowhere/at/all");
    Outcome outcome = execute(environment, "run");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .hasLineCount(1)
        .contains("engram: no directory /nowhere/at/all (from ENGRAM_PLUGINS)");
  }

  private boolean builds(String... arguments) throws IOException, InterruptedException {
    Outcome outcome = engram(arguments);
    assertThat(outcome.exitCode()).isZero();
    return outcome.err().contains("building Engram");
  }

  private Outcome engram(String... arguments) throws IOException, InterruptedException {
    return execute(Map.of("JAVA_HOME", jdk.toString()), arguments);
  }

  private Outcome execute(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return execute(home, environment, arguments);
  }

  private Outcome execute(Path where, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(where, "out", "");
    Path err = Files.createTempFile(where, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of(where.resolve("engram").toString()), Stream.of(arguments))
                    .toList())
            .directory(jdk.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Outcome(exitCode, Files.readString(out), Files.readString(err));
  }

  private void java(String version) throws IOException {
    Files.createDirectories(jdk.resolve("bin"));
    script(
        jdk.resolve("bin/java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'openjdk version "%s" 2025-01-01' >&2; exit 0; fi
        printf '%%s|' "$@"
        echo
        """
            .formatted(version));
    script(jdk.resolve("bin/javac"), "#!/bin/sh\n");
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Tests run in the module's directory. */
  private static Path launcher() {
    return Path.of("..", "engram");
  }
}
