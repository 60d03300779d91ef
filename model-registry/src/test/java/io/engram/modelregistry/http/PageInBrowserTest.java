package io.engram.modelregistry.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.engram.modelregistry.Candidates;
import io.engram.modelregistry.Candidates.Candidate;
import io.engram.modelregistry.RegistryConfig;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.TestTopics;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.modelregistry.page.Live;
import io.engram.modelregistry.page.PageSources;
import io.engram.modelregistry.page.PipelineStatus;
import io.engram.modelregistry.page.Progress;
import io.engram.modelregistry.page.Rejected;
import io.engram.modelregistry.page.RoleState;
import io.engram.modelregistry.serving.Reply;
import io.engram.modelregistry.serving.Serving;
import io.engram.modelregistry.serving.ServingConfig;
import io.engram.schemas.avro.ModelManifest;
import io.engram.servicekit.health.Health;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The page of a real registry in a real Chromium; skipped where there is none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageInBrowserTest {

  private static final int DESKTOP = 1280;
  private static final int PHONE = 390;

  @TempDir static Path directory;
  private final Candidates candidates = new Candidates("m");
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private volatile PipelineStatus pipeline = status(1_000, RoleState.running("learner"));
  private @Nullable TestTopics topics;
  private @Nullable RegistryService registry;
  private @Nullable RegistryHttp http;
  private @Nullable Browser browser;

  @BeforeAll
  void start() {
    Optional<Browser> found = Browser.start(directory.resolve("profile"));
    assumeTrue(
        found.isPresent(), "no chromium and chromedriver here: the page is tried in no browser");
    browser = found.get();
    topics = new TestTopics("page");
    registry =
        RegistryService.start(
            RegistryConfig.in(directory).withPromotion(PromotionPolicy.parse("not-worse(0.05)")),
            topics.topics,
            topics.kafka,
            meters);
    Serving serving =
        new Serving(
            new ServingConfig(1, 4, Duration.ofSeconds(5), 10_000, 100, 100),
            (version, asked) ->
                new Reply.Answers(
                    List.of(new Reply.OfClasses("spam", Map.of("spam", 0.9f, "ham", 0.1f))), 2),
            meters);
    http =
        RegistryHttp.start(
            HttpConfig.in(directory).withPort(0),
            registry,
            Health::healthy,
            Optional.of(serving),
            new PageSources(() -> pipeline, Optional.of(new RecordedStudies())));
    publish(1, 0.6);
    publish(2, 0.8);
    publish(3, 0.5);
    awaitVersions(3);
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (http != null) {
      http.close();
    }
    if (registry != null) {
      registry.close();
    }
    if (topics != null) {
      topics.close();
    }
  }

  @Test
  void itShowsWhatIsSoAndWhatHappensAndRollsBackForWhoHasTheToken() throws Exception {
    open(DESKTOP, false);
    eventually(() -> assertThat(text("verdict")).contains("learns"));
    assertThat(text("verdict")).isEqualTo("It learns, but is not better than nearest neighbour.");
    assertThat(text("figures")).contains("50.0 %", "70.0 %", "40.0 %", "75.0 %");
    assertThat(text("versions-rows")).contains("refused", "champion", "was champion");
    assertThat(text("rejected")).contains("not a number", "'x' in column 3");
    assertThat(text("behind")).contains("shop-7", "40.0 %", "60.0 %", "12");
    assertThat(page().script("return document.getElementById('chart').width > 300"))
        .isEqualTo("true");

    eventually(() -> assertThat(text("adaptation-hint")).contains("32 newest tasks", "version 2"));
    assertThat(text("curves-key")).contains("Engram", "three nearest neighbours", "untrained");
    assertThat(text("map-hint")).contains("200 tasks");
    assertThat(text("map-key")).contains("best third", "worst third");
    for (String chart : List.of("rows-chart", "steps-chart", "map-chart")) {
      assertThat(drawn(chart)).as(chart).isTrue();
      assertThat(page().find(chart).getDomAttribute("aria-label")).contains("table below");
    }
    page().all("#curves-numbers summary").get(0).click();
    assertThat(page().all("#rows-body tr")).hasSizeGreaterThan(3);
    assertThat(page().all("#map-rows tr")).hasSize(200);

    publish(4, 0.9);
    eventually(
        () ->
            assertThat(text("verdict"))
                .isEqualTo("It learns, and it is better than every simple method."));
    assertThat(text("why")).contains("20.0 points more right answers than nearest neighbour");
    pipeline =
        status(2_000, new RoleState("learner", RoleState.State.WAITING, "no broker answers"));
    eventually(() -> assertThat(text("roles")).contains("waiting: no broker answers"));
    assertThat(text("progress")).contains("2,000");
    pipeline =
        status(2_000, new RoleState("learner", RoleState.State.STALLED, "nothing done since noon"));
    eventually(() -> assertThat(text("roles")).contains("stalled: nothing done since noon"));

    page().find("undo").click();
    page().find("token").sendKeys("wrong");
    page().find("change-do").click();
    eventually(() -> assertThat(text("change-error")).startsWith("This token is not right."));
    assertThat(champion()).isEqualTo(4);
    // Whoever is refused is told so in the browser's console as well, by the browser itself.
    assertThat(page().errors()).allMatch(it -> it.contains("401"));
    page().find("token").clear();
    page().find("token").sendKeys(Files.readString(directory.resolve("token")).strip());
    page().find("change-do").click();
    eventually(() -> assertThat(champion()).isEqualTo(2));
    eventually(() -> assertThat(text("versions-rows")).contains("rolled back"));
    assertThat(page().find("change").isDisplayed()).isFalse();

    page().find("rows").sendKeys("1, 2, spam\n3; 4; ham");
    page().find("questions").sendKeys("1 3");
    page().all("#try-form button.main").get(0).click();
    eventually(() -> assertThat(text("answers")).contains("spam", "90 % sure", "2 rows"));
    page().find("questions").sendKeys("\nx");
    page().all("#try-form button.main").get(0).click();
    eventually(() -> assertThat(text("answers")).contains("line 2", "\"x\" is no number"));
    assertThat(page().errors()).isEmpty();
  }

  @Test
  void everybodyCanReadIt() {
    for (boolean dark : new boolean[] {false, true}) {
      for (int width : new int[] {DESKTOP, PHONE}) {
        open(width, dark);
        eventually(() -> assertThat(text("versions-rows")).contains("champion"));
        eventually(() -> assertThat(text("map-hint")).contains("200 tasks"));
        page().script("document.querySelectorAll('details').forEach((it) => { it.open = true; })");
        assertThat(page().errors()).isEmpty();
        assertThat(
                page().script("return document.documentElement.scrollWidth <= window.innerWidth"))
            .as("nothing reaches beyond %d", width)
            .isEqualTo("true");
        assertThat(page().violations()).as("%d wide, dark %s", width, dark).isEmpty();
      }
    }
  }

  /** Whether there is more on a canvas than its ground. */
  private boolean drawn(String canvas) {
    return Boolean.parseBoolean(
        String.valueOf(
            page()
                .script(
                    """
                    const canvas = document.getElementById('%s');
                    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                    return canvas.width > 300 && pixels.some((it) => it !== 0);
                    """
                        .formatted(canvas))));
  }

  private void open(int width, boolean dark) {
    page().wide(width, width == PHONE);
    page().dark(dark);
    page().open(requireNonNull(http).uri());
  }

  private Browser page() {
    return requireNonNull(browser);
  }

  private String text(String id) {
    return page().find(id).getText();
  }

  private long champion() {
    return requireNonNull(registry).status().model("m").champion();
  }

  private void publish(int n, double score) {
    Candidate plain = candidates.candidate(n, score);
    ModelManifest manifest =
        ModelManifest.newBuilder(plain.manifest())
            .setMetrics(
                Map.of(
                    "prequential.window", score,
                    "prequential.untrained", 0.4,
                    "prequential.supportMean", 0.2,
                    "prequential.nearestNeighbour", 0.7))
            .build();
    requireNonNull(topics).publish(new Candidate(manifest, plain.parameters()));
  }

  private void awaitVersions(int versions) {
    eventually(
        () ->
            assertThat(requireNonNull(registry).status().model("m").registered())
                .isEqualTo(versions));
  }

  private static void eventually(ThrowingRunnable holds) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(holds);
  }

  private static PipelineStatus status(long examples, RoleState learner) {
    return new PipelineStatus(
        "a table",
        List.of(RoleState.running("ingest"), learner),
        new Progress(examples, 3L, 10L, 99L, 99L, 198L, 0L, 1L),
        "accuracy",
        List.of(),
        List.of(new Rejected("not-a-number", 3, "'x' in column 3")),
        new Live(40, 30, 0.75, List.of(new Live.Behind("shop-7", 12, 0.4, 0.6))));
  }
}
