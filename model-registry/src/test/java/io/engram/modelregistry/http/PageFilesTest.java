package io.engram.modelregistry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of the page: their types and headers, and that nothing in them comes from elsewhere. */
class PageFilesTest {

  private static final Pattern IMPORT = Pattern.compile("from \"\\./([^\"]+)\"|/page/([\\w.]+)");

  private final PageFiles files = new PageFiles();

  @Test
  void thePageMayLoadOnlyWhatThisPortServes() {
    Answer.Whole page = (Answer.Whole) files.index(call(Map.of(), Map.of()));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.headers())
        .containsEntry("Content-Type", "text/html; charset=utf-8")
        .containsEntry("Cache-Control", "no-cache");
    assertThat(page.headers().get("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
        .doesNotContain("unsafe")
        .contains("frame-ancestors 'none'");
    String html = text(page);
    assertThat(html).doesNotContain("style=", "onclick", "http://", "https://");
    assertThat(html).doesNotContainPattern("<script(?![^>]* src=)");
  }

  @Test
  void everyFileThatIsNamedIsThere() {
    Matcher named = IMPORT.matcher(text((Answer.Whole) files.index(call(Map.of(), Map.of()))));
    while (named.find()) {
      imports(named.group(2));
    }
    assertThat(type("page.css")).startsWith("text/css");
    assertThat(type("icon.svg")).isEqualTo("image/svg+xml");
    assertThat(type("charts.js")).startsWith("text/javascript");
  }

  @Test
  void whatIsKnownIsNotSentAgainAndNothingElseIsServed() {
    String tag = file("main.js", Map.of()).headers().get("ETag");
    assertThat(tag).isNotNull();
    assertThat(file("main.js", Map.of("if-none-match", String.valueOf(tag))).status())
        .isEqualTo(304);
    assertThat(file("main.js", Map.of("if-none-match", "\"other\"")).status()).isEqualTo(200);
    for (String name : new String[] {"", "..", "Assets.class", "../http/openapi.json"}) {
      assertThatThrownBy(() -> file(name, Map.of())).isInstanceOf(Problem.class);
    }
  }

  private void imports(String name) {
    Answer.Whole file = file(name, Map.of());
    if (name.endsWith(".js") && !name.equals("charts.js")) {
      Matcher named = IMPORT.matcher(text(file));
      while (named.find()) {
        if (named.group(1) != null) {
          assertThat(file(named.group(1), Map.of()).status()).as(name).isEqualTo(200);
        }
      }
    }
  }

  private String type(String name) {
    return String.valueOf(file(name, Map.of()).headers().get("Content-Type"));
  }

  private Answer.Whole file(String name, Map<String, String> headers) {
    return (Answer.Whole) files.file(call(Map.of("file", name), headers));
  }

  private static Call call(Map<String, String> path, Map<String, String> headers) {
    return new Call(path, Map.of(), headers, new byte[0]);
  }

  private static String text(Answer.Whole answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
