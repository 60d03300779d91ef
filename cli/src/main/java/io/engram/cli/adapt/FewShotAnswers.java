package io.engram.cli.adapt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.csv.CsvTable;
import io.engram.client.Model;
import io.engram.client.ModelSubscription;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Adapts to the rows of one file, answers those of another, and says how well where the answers are known. */
public final class FewShotAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final FewShotTables tables;
  private final @Nullable EarlierRows earlier;
  private final boolean json;
  private final PrintWriter out;
  private final PrintWriter err;
  private int asked;
  private int compared;
  private int unanswered;
  private double sum;

  private FewShotAnswers(
      FewShotTables tables,
      @Nullable EarlierRows earlier,
      boolean json,
      PrintWriter out,
      PrintWriter err) {
    this.tables = tables;
    this.earlier = earlier;
    this.json = json;
    this.out = out;
    this.err = err;
  }

  /**
   * Reads the files, of UTF-8.
   *
   * @throws SourceException if a file cannot be used
   */
  static FewShotAnswers reading(
      Path support,
      Path questions,
      TableColumns columns,
      @Nullable EarlierRows earlier,
      boolean json,
      PrintWriter out,
      PrintWriter err) {
    FewShotFiles files = new FewShotFiles(CsvTable.read(support), CsvTable.read(questions));
    return over(files, columns, earlier, json, out, err);
  }

  /**
   * Takes the files' rows as the model's columns have them.
   *
   * @param columns what their columns are
   * @param earlier labeled rows of earlier tasks to enlarge the support rows by, or null
   * @param json whether answers are lines of JSON instead of CSV
   * @throws SourceException if a file cannot be used
   */
  public static FewShotAnswers over(
      FewShotFiles files,
      TableColumns columns,
      @Nullable EarlierRows earlier,
      boolean json,
      PrintWriter out,
      PrintWriter err) {
    FewShotTables tables = new FewShotTables(files.support(), files.questions(), columns);
    tables.strangers(columns.ignore()).forEach(it -> err.println("engram: " + it));
    if (earlier != null) {
      tables.requireColumns(earlier.table());
    }
    return new FewShotAnswers(tables, earlier, json, out, err);
  }

  /**
   * Answers every row.
   *
   * @return whether every row could be answered
   * @throws SourceException if the support rows do not fit the model
   */
  public boolean print(ModelSubscription subscription, Model model) {
    long start = System.nanoTime();
    Adapted adapted = Adapted.of(subscription, model, tables, earlier);
    double millis = (System.nanoTime() - start) / 1e6;
    if (!json) {
      out.println("row,prediction,probability,actual");
    }
    tables.questions().forEach(row -> answer(adapted, row));
    summary(adapted, millis);
    out.flush();
    return unanswered == 0;
  }

  /**
   * The newest version.
   *
   * @param patience how long a first one may take to arrive
   * @throws SourceException if none comes
   */
  public static Model await(ModelSubscription subscription, String name, Duration patience)
      throws InterruptedException {
    try {
      return subscription.awaitVersion(1, patience);
    } catch (TimeoutException e) {
      throw new SourceException(
          "no version of model '%s' came within %d s; is the broker there, and has the registry promoted one? "
                  .formatted(name, patience.toSeconds())
              + "'engram models list' says; --bootstrap and --model name others",
          e);
    }
  }

  private void answer(Adapted adapted, CsvTable.Row row) {
    try {
      Adapted.Answer answer = adapted.predict(tables.features(row));
      String actual = tables.actual(row);
      asked++;
      if (!actual.isEmpty()) {
        sum += adapted.score(answer, actual);
        compared++;
      }
      print(row, answer, actual, adapted.model().version());
    } catch (SourceException e) {
      unanswered++;
      err.println("engram: " + e.getMessage());
    }
  }

  private void print(CsvTable.Row row, Adapted.Answer answer, String actual, long version) {
    if (!json) {
      Float probability = answer.probabilities().get(answer.text());
      out.println(
          "%d,%s,%s,%s"
              .formatted(
                  row.number(),
                  quoted(answer.text()),
                  probability == null ? "" : String.format(Locale.ROOT, "%.3f", probability),
                  quoted(actual)));
      return;
    }
    ObjectNode line = JSON.createObjectNode().put("row", row.number());
    if (answer.probabilities().isEmpty()) {
      line.put("prediction", Double.parseDouble(answer.text()));
    } else {
      line.put("prediction", answer.text());
      ObjectNode probabilities = line.putObject("probabilities");
      answer.probabilities().forEach(probabilities::put);
    }
    if (!actual.isEmpty()) {
      line.put("actual", actual);
    }
    out.println(line.put("version", version));
  }

  private void summary(Adapted adapted, double millis) {
    Model model = adapted.model();
    int examples = adapted.examples();
    if (json) {
      ObjectNode line =
          JSON.createObjectNode()
              .put("event", "summary")
              .put("model", model.name())
              .put("version", model.version())
              .put("adaptedOn", examples)
              .put("milliseconds", millis)
              .put("answered", asked)
              .put("unanswered", unanswered);
      if (compared > 0) {
        line.put("metric", adapted.measure().key())
            .put("score", sum / compared)
            .put("compared", compared);
      }
      out.println(line);
      return;
    }
    // Beside the CSV, not in it.
    err.println(
        "version %d of model '%s' adapted on %d examples in %.1f ms; %d rows answered%s"
            .formatted(
                model.version(),
                model.name(),
                examples,
                millis,
                asked,
                compared == 0
                    ? ""
                    : String.format(
                        Locale.ROOT,
                        ", %s %.4g on %d",
                        adapted.measure().key(),
                        sum / compared,
                        compared)));
    err.flush();
  }

  private static String quoted(String field) {
    return field.contains(",") || field.contains("\"")
        ? '"' + field.replace("\"", "\"\"") + '"'
        : field;
  }
}
