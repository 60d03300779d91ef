package io.engram.cli.rejected;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.ingest.domain.RecordHeader;
import io.engram.ingest.kafka.rejected.Reason;
import io.engram.ingest.kafka.rejected.RejectedRecord;
import io.engram.ingest.kafka.rejected.Replayed;
import io.engram.schemas.Rejected;
import io.engram.servicekit.log.Printable;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the rejected are, in lines for people or one JSON object a line. */
public final class RejectedReport {

  private final PrintWriter out;
  private final boolean asJson;
  private final ObjectMapper json = new ObjectMapper();

  public RejectedReport(PrintWriter out, boolean asJson) {
    this.out = out;
    this.asJson = asJson;
  }

  /** By reason. */
  public void reasons(List<Reason> reasons) {
    if (asJson) {
      reasons.forEach(reason -> out.println(line(reason)));
      out.flush();
      return;
    }
    if (reasons.isEmpty()) {
      out.println("nothing is rejected");
    } else {
      out.println(
          "%-20s %10s %10s  %-24s %-24s %s"
              .formatted("reason", "records", "waiting", "first", "last", "example"));
    }
    for (Reason reason : reasons) {
      out.println(
          "%-20s %,10d %,10d  %-24s %-24s %s"
              .formatted(
                  Printable.of(reason.category()),
                  reason.count(),
                  reason.waiting(),
                  reason.first().at(),
                  reason.last().at(),
                  reason.first().position()));
      out.println("    " + Printable.of(reason.first().rejected().reason()));
    }
    out.flush();
  }

  private ObjectNode line(Reason reason) {
    return json.createObjectNode()
        .put("reason", reason.category())
        .put("count", reason.count())
        .put("waiting", reason.waiting())
        .put("firstAt", reason.first().at().toString())
        .put("lastAt", reason.last().at().toString())
        .put("example", reason.first().position().toString())
        .put("first", reason.first().rejected().reason());
  }

  /**
   * One record with all it has.
   *
   * @param most bytes of its value that are shown
   */
  public void record(RejectedRecord record, int most) {
    if (asJson) {
      ObjectNode line =
          json.createObjectNode()
              .put("position", record.position().toString())
              .put("reason", record.rejected().category())
              .put("what", record.rejected().reason())
              .put("source", source(record.rejected().source()))
              .put("attempts", record.attempts())
              .put("at", record.at().toString())
              .put("key", EscapedBytes.of(record.key(), most))
              .put("value", EscapedBytes.of(record.value(), most));
      ObjectNode headers = line.putObject("headers");
      for (RecordHeader header : record.headers()) {
        headers.put(header.key(), EscapedBytes.of(header.value(), most));
      }
      out.println(line);
    } else {
      out.println("position   " + record.position());
      out.println("reason     " + Printable.of(record.rejected().category()));
      out.println("what       " + Printable.of(record.rejected().reason()));
      out.println("source     " + Printable.of(source(record.rejected().source())));
      out.println("attempts   " + record.attempts());
      out.println("rejected   " + record.at());
      for (RecordHeader header : record.headers()) {
        out.println(
            "header     %s = %s"
                .formatted(
                    EscapedBytes.of(header.key().getBytes(StandardCharsets.UTF_8), most),
                    EscapedBytes.of(header.value(), most)));
      }
      out.println("key        " + EscapedBytes.of(record.key(), most));
      out.println("value      " + EscapedBytes.of(record.value(), most));
    }
    out.flush();
  }

  /** What a replay did, or would have done. */
  public void replayed(Replayed done) {
    if (asJson) {
      out.println(
          json.createObjectNode()
              .put("sent", done.sent())
              .put("replayedBefore", done.before())
              .put("triedOften", done.triedOften())
              .put("fromNoTopic", done.noTopic())
              .put("nothingLeft", done.nothingLeft())
              .put("badStill", done.badStill())
              .put("firstBad", done.firstBad()));
    } else {
      out.println("%,d records sent again".formatted(done.sent()));
      say(done.before(), "were replayed before");
      say(done.triedOften(), "stay: they were tried often enough (ingest.rejected.attempts)");
      say(done.noTopic(), "stay: they are rows of a file; correct it and send it again");
      say(done.nothingLeft(), "stay: nothing of them is kept");
      say(done.badStill(), "stay: they are bad still, such as " + Printable.of(done.firstBad()));
    }
    out.flush();
  }

  private void say(long count, String what) {
    if (count > 0) {
      out.println("%,d %s".formatted(count, what));
    }
  }

  private static String source(Rejected.Source source) {
    if (source instanceof Rejected.Source.Log log) {
      return "topic %s, partition %d, offset %d"
          .formatted(log.topic(), log.partition(), log.offset());
    }
    Rejected.Source.File file = (Rejected.Source.File) source;
    return "file %s, row %d".formatted(file.file(), file.row());
  }
}
