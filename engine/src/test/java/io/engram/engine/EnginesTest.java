package io.engram.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.core.compute.ComputeEngine;
import io.engram.core.compute.EngineKind;
import io.engram.core.compute.EngineKind.Availability;
import io.engram.core.compute.UnsupportedNetworkException;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnginesTest {

  @Test
  void ourKindsAreFoundTheFusedEngineFirstAndTheSlowOnesNeverByThemselves() {
    assertThat(Engines.kinds().stream().map(EngineKind::name))
        .containsExactly("fused", "nd4j", "dl4j");
    assertThat(Engines.kinds().stream().filter(kind -> kind.rank() >= 0).map(EngineKind::name))
        .containsExactly("fused");
    assertThat(Engines.names()).containsExactly("auto", "dl4j", "fused", "nd4j");
  }

  static List<EngineKind> kinds() {
    return Engines.kinds();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aKindThatRunsHereSaysOnWhatAndOpensAnEngine(EngineKind kind) {
    assertThat(kind.availability()).isInstanceOf(Availability.Here.class);
    assertThat(((Availability.Here) kind.availability()).device()).isNotBlank();
    ComputeEngine engine = kind.open(1);
    assertThat(engine.name()).startsWith(kind.name());
  }

  @Test
  void anUnknownNameListsThoseThereAre() {
    assertThat(Engines.kind("nd4j").name()).isEqualTo("nd4j");
    assertThatThrownBy(() -> Engines.kind("warp"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no compute engine is called 'warp'; there are auto, dl4j, fused, nd4j");
  }

  @Test
  void whoAsksForCudaWithoutItsJarIsToldWhichItIs() {
    assertThatThrownBy(() -> Engines.kind("cuda"))
        .hasMessageContaining("there are auto, dl4j, fused, nd4j")
        .hasMessageContaining("'cuda' comes with engram-engine-cuda")
        .hasMessageContaining("plugins/");
  }

  @Test
  void withoutTheirLibrariesTheOptionalKindsAreThereAndSayWhatIsMissing() throws Exception {
    try (URLClassLoader bare = classPathWithoutOptionalLibraries()) {
      // Another loader, other classes: what they say is read by reflection.
      for (String name : List.of("nd4j.Nd4jKind", "dl4j.Dl4jKind")) {
        Object kind =
            bare.loadClass("io.engram.engine." + name).getDeclaredConstructor().newInstance();
        assertThat(kind.getClass().getClassLoader()).isSameAs(bare);
        assertThat(kind.getClass().getMethod("availability").invoke(kind).toString())
            .contains("Absent", "is not on the class path", "1.0.0-M2.1");
        assertThatThrownBy(() -> kind.getClass().getMethod("open", int.class).invoke(kind, 1))
            .rootCause()
            .hasMessageContaining("is not on the class path");
      }
    }
  }

  @Test
  void aLibraryThatIsThereButDoesNotStartIsAReasonToo() {
    OptionalLibrary library = new OptionalLibrary("Ours", Engines.class.getName(), "add the rest");
    assertThat(
            library.start(
                () -> {
                  throw new ExceptionInInitializerError(new IllegalStateException("no backend"));
                }))
        .isEqualTo(
            new Availability.Absent(
                "Ours does not start (java.lang.IllegalStateException: no backend): add the rest"));
    assertThat(
            library.start(
                () -> {
                  throw new UnsupportedNetworkException("the GPU is too new");
                }))
        .isEqualTo(new Availability.Absent("the GPU is too new"));
    assertThat(library.start(() -> "a processor")).isEqualTo(new Availability.Here("a processor"));
  }

  @Test
  void aJarWhoseEngineCannotBeLoadedIsNamedInOneLine(@TempDir Path plugin) throws IOException {
    provide(plugin, "somebody.elses.Kind");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {plugin.toUri().toURL()})) {
      assertThatThrownBy(() -> within(loader, Engines::kinds))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("somebody.elses.Kind")
          .hasMessageContaining("take its jar away");
    }
  }

  @Test
  void twoKindsOfOneNameAreRefused(@TempDir Path plugin) throws IOException {
    provide(plugin, Impostor.class.getName());
    try (URLClassLoader loader = new URLClassLoader(new URL[] {plugin.toUri().toURL()})) {
      assertThatThrownBy(() -> within(loader, Engines::kinds))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("two engines on the class path are called 'fused'")
          .hasMessageContaining(Impostor.class.getName());
    }
  }

  /** Claims a name that is taken. */
  public static final class Impostor implements EngineKind {

    @Override
    public String name() {
      return "fused";
    }

    @Override
    public int rank() {
      return 7;
    }

    @Override
    public Availability availability() {
      return new Availability.Absent("it is none");
    }

    @Override
    public ComputeEngine open(int threads) {
      throw new UnsupportedNetworkException("it is none");
    }
  }

  private static void provide(Path directory, String kind) throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(EngineKind.class.getName()), kind + "\n", StandardCharsets.UTF_8);
  }

  private static void within(ClassLoader loader, Runnable action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      action.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** As for a user who has not brought ND4J along. */
  private static URLClassLoader classPathWithoutOptionalLibraries() {
    URL[] urls =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*(nd4j|deeplearning4j).*"))
            .map(EnginesTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
