package io.engram.cli.forget;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.ingest.kafka.forget.Findings;
import io.engram.ingest.kafka.forget.Found;
import io.engram.ingest.kafka.forget.TopicSearch;
import io.engram.schemas.avro.Forgetting;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Says what is found, what it costs and what was done: for people, or one JSON object a line. The key itself is not repeated. */
public final class ForgetReport {

  private static final double MILLI = 1000;

  private final PrintWriter out;
  private final boolean asJson;
  private final ObjectMapper json = new ObjectMapper();

  public ForgetReport(PrintWriter out, boolean asJson) {
    this.out = out;
    this.asJson = asJson;
  }

  /** What the topics hold of the key, and what forgetting it takes. */
  public void found(Findings findings) {
    if (asJson) {
      ObjectNode line = event("found");
      ArrayNode topics = line.putArray("topics");
      for (Found topic : findings.topics()) {
        topics
            .addObject()
            .put("topic", topic.topic())
            .put("records", topic.records())
            .put("ofKey", topic.ofKey())
            .put("bytes", topic.bytes());
      }
      print(
          line.put("records", findings.records())
              .put("tasksToLearnAgain", findings.mayBeLearned() ? findings.tasksKept() : 0)
              .put("tasksBefore", findings.tasksBefore())
              .put("tasksTookSeconds", findings.tasksTook().toMillis() / MILLI)
              .put("logComplete", !findings.tasksCutOff()));
      return;
    }
    out.println("%-40s %12s %12s %14s".formatted("topic", "records", "of the key", "bytes of it"));
    for (Found topic : findings.topics()) {
      out.println(
          "%-40s %,12d %,12d %,14d"
              .formatted(topic.topic(), topic.records(), topic.ofKey(), topic.bytes()));
    }
    cost(findings);
    out.flush();
  }

  private void cost(Findings findings) {
    if (!findings.mayBeLearned()) {
      out.println(
          "Nothing of the key is there: it is refused from now on, and nothing else changes.");
      return;
    }
    double seconds = findings.tasksTook().toMillis() / MILLI;
    out.println(
        "All of these topics are written anew without it. The learner begins again and learns %,d tasks once more: %,d divided by how many it learns in a second."
            .formatted(findings.tasksKept(), findings.tasksKept()));
    out.println(
        "They came in within %,.0f s (%,.1f a second), which is as long as it takes at most where the learner kept up. Meanwhile the model of before serves."
            .formatted(seconds, findings.tasksKept() / Math.max(1e-3, seconds)));
    if (findings.tasksCutOff()) {
      out.println(
          "Retention has deleted the beginning of the log of tasks: what is learned again is what is left of it.");
    }
  }

  /** What was done. */
  public void done(Forgetting forgetting, boolean rewritten) {
    if (asJson) {
      print(
          event("forgotten")
              .put("number", forgetting.getNumber())
              .put("at", forgetting.getAt().toString())
              .put("generation", forgetting.getGeneration())
              .put("rewritten", rewritten));
      return;
    }
    out.println(
        rewritten
            ? "Forgotten (number %d, generation %d of the log). Start ingest and learner again: the learner begins anew, and its first version replaces the one that knew the key."
                .formatted(forgetting.getNumber(), forgetting.getGeneration())
            : "Marked (number %d): examples of the key are refused."
                .formatted(forgetting.getNumber()));
    out.flush();
  }

  /** One that was cut short has been ended. */
  public void finished(Forgetting forgetting) {
    if (asJson) {
      print(event("finished").put("number", forgetting.getNumber()));
    } else {
      out.println(
          "The forgetting number %d, which was cut short, has been ended."
              .formatted(forgetting.getNumber()));
      out.flush();
    }
  }

  /** Where the key was looked for and found. */
  public void verified(List<TopicSearch.Place> topics, List<Path> files) {
    if (asJson) {
      ObjectNode line = event("verified").put("clean", topics.isEmpty() && files.isEmpty());
      ArrayNode inTopics = line.putArray("topics");
      topics.forEach(
          it ->
              inTopics
                  .addObject()
                  .put("topic", it.topic())
                  .put("records", it.records())
                  .put("first", it.first()));
      ArrayNode inFiles = line.putArray("files");
      files.forEach(it -> inFiles.add(it.toString()));
      print(line);
      return;
    }
    topics.forEach(
        it ->
            out.println(
                "found in %,d records of topic %s, first at %s"
                    .formatted(it.records(), it.topic(), it.first())));
    files.forEach(it -> out.println("found in " + it));
    if (topics.isEmpty() && files.isEmpty()) {
      out.println("Found nowhere: in no record of any topic and in no file.");
    }
    out.flush();
  }

  private ObjectNode event(String name) {
    return json.createObjectNode().put("event", name);
  }

  private void print(ObjectNode line) {
    out.println(line);
    out.flush();
  }
}
