package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.deploy.dashboard.Board;
import io.engram.deploy.dashboard.BoardJson;
import io.engram.deploy.dashboard.Boards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Files that follow from code: the dashboards, and the manual's table of metrics. {@code ./mvnw test -pl deploy -am -Dtest=GeneratedFilesTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dengram.write=true} writes them.
 */
final class GeneratedFilesTest {

  private static final Pattern TABLE =
      Pattern.compile("(?s)(<!-- metrics: .*? -->\n\n).*?(\n<!-- end of metrics -->)");

  @Test
  void theyAreAsTheCodeWouldWriteThem() throws IOException {
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path path = Repository.path(file.getKey());
      if (Boolean.getBoolean("engram.write")) {
        Files.writeString(path, file.getValue());
      }
      assertThat(path)
          .as("written by -Dengram.write=true")
          .exists()
          .content()
          .isEqualTo(file.getValue());
    }
  }

  @Test
  void noOtherDashboardLiesThere() throws IOException {
    try (Stream<Path> there = Files.list(Repository.path(Monitoring.DASHBOARDS))) {
      assertThat(there.map(it -> Monitoring.DASHBOARDS + "/" + it.getFileName()))
          .isSubsetOf(files().keySet());
    }
  }

  private static Map<String, String> files() {
    BoardJson json = new BoardJson(Catalogue.byModel());
    Map<String, String> files = new LinkedHashMap<>();
    for (Board board : Boards.all()) {
      files.put("%s/%s.json".formatted(Monitoring.DASHBOARDS, board.file()), json.write(board));
    }
    String manual = Repository.text(Manual.FILE);
    Matcher table = TABLE.matcher(manual);
    assertThat(table.find()).isTrue();
    files.put(
        Manual.FILE, table.replaceFirst("$1" + Matcher.quoteReplacement(Catalogue.table()) + "$2"));
    return files;
  }
}
