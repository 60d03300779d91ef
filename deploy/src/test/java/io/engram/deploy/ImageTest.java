package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.cli.Main;
import io.engram.deploy.ComposeFile.Mount;
import io.engram.deploy.ComposeFile.Port;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** {@code Dockerfile} against what the build makes. */
final class ImageTest {

  private static final Dockerfile IMAGE = Dockerfile.read();

  @Test
  void theEntryPointIsTheProgramOnTheCopiedClassPath() {
    List<String> entrypoint = IMAGE.entrypoint();
    assertThat(entrypoint).endsWith(Main.class.getName());
    assertThat(entrypoint.get(entrypoint.indexOf("-cp") + 1).split(":", -1))
        .containsExactly(
            "/opt/engram/engram-cli.jar", "/opt/engram/lib/*", "/opt/engram/plugins/*");
    assertThat(IMAGE.all("COPY").map(ImageTest::target))
        .contains("/opt/engram/engram-cli.jar", "/opt/engram/lib/", "/opt/engram/healthcheck");
  }

  @Test
  void whatIsCopiedIsWhatTheBuildMakes() {
    Document pom = Pom.of("cli");
    String target = "/src/cli/target/";
    assertThat(IMAGE.all("COPY").filter(it -> it.startsWith("--from=build")).map(ImageTest::source))
        .containsExactlyInAnyOrder(
            target
                + Pom.value(pom, "//outputDirectory").replace("${project.build.directory}/", "")
                + "/",
            target + Pom.value(pom, "//build/finalName") + ".jar");
    assertThat(IMAGE.all("WORKDIR").findFirst()).contains("/src");
    assertThat(IMAGE.all("RUN").findFirst().orElseThrow()).contains(" -pl cli -am ", " package");
  }

  @Test
  void filesOfTheCheckoutExist() {
    assertThat(
            IMAGE
                .all("COPY")
                .filter(it -> !it.startsWith("--from=build"))
                .map(ImageTest::source)
                .map(Repository::path))
        .hasSizeGreaterThan(2)
        .allMatch(Files::exists);
  }

  /** Maven reads the poms of all modules, also of those it does not build. */
  @Test
  void dependenciesAreResolvedFromThePomsAlone() {
    List<String> before =
        IMAGE.instructions().stream()
            .takeWhile(it -> !it.equals(new Dockerfile.Instruction("COPY", ". .")))
            .filter(it -> it.name().equals("COPY"))
            .map(it -> it.arguments())
            .toList();
    List<String> poms = new ArrayList<>(List.of("pom.xml ./", ".mvn/ .mvn/"));
    Pom.values(Pom.of("."), "/project/modules/module")
        .forEach(module -> poms.add("%1$s/pom.xml %1$s/".formatted(module)));
    assertThat(before).containsExactlyElementsOf(poms);
    List<String> builds =
        IMAGE.all("RUN").filter(it -> it.contains("mvn ")).map(ImageTest::maven).toList();
    assertThat(builds).hasSize(2);
    assertThat(builds.get(0)).isEqualTo(builds.get(1));
  }

  @Test
  void mavenIsTheWrappers() {
    String version =
        Repository.text(".mvn/wrapper/maven-wrapper.properties")
            .replaceAll("(?s).*apache-maven-([0-9.]+)-bin.*", "$1");
    assertThat(IMAGE.all("FROM").findFirst().orElseThrow()).startsWith("maven:" + version + "-");
  }

  @Test
  void theExposedPortsAreThoseOfTheRoles() {
    assertThat(IMAGE.all("EXPOSE").flatMap(it -> Stream.of(it.split(" "))).map(Integer::valueOf))
        .containsExactlyInAnyOrderElementsOf(
            ComposeFile.read().roles().stream()
                .flatMap(role -> role.ports().stream())
                .map(Port::inContainer)
                .toList());
  }

  @Test
  void theStateLiesInTheVolume() {
    String state = IMAGE.environment().get("ENGRAM_STATE_DIR");
    assertThat(IMAGE.all("VOLUME")).containsExactly("[\"%s\"]".formatted(state));
    assertThat(ComposeFile.read().roles())
        .allMatch(
            role ->
                role.mounts().stream()
                    .filter(Mount::isVolume)
                    .allMatch(mount -> mount.inContainer().equals(state)));
  }

  private static String maven(String run) {
    return run.replaceAll(".*(mvn .* package).*", "$1");
  }

  private static String source(String copy) {
    List<String> words = words(copy);
    return words.get(words.size() - 2);
  }

  private static String target(String copy) {
    List<String> words = words(copy);
    return words.get(words.size() - 1);
  }

  private static List<String> words(String copy) {
    return Stream.of(copy.split(" ")).filter(word -> !word.startsWith("--")).toList();
  }
}
