package io.engram.modelregistry.image;

/** An event that cannot follow on the events before it: the log is not one registry's history. */
public final class BrokenHistoryException extends IllegalStateException {

  BrokenHistoryException(ModelEvent event, String problem) {
    super(
        "model %s: the event %s at %s does not fit the events before it: %s"
            .formatted(event.model(), event.change(), event.at(), problem));
  }
}
