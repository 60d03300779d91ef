package io.engram.modelregistry.gate;

import io.engram.modelregistry.image.ModelEvent;
import java.util.List;

/** What comes of a call: events to append, or a reason why not. */
public sealed interface Decision {

  /** To be appended, all or none; empty where everything is already as wanted. */
  record Accepted(List<ModelEvent> events) implements Decision {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** Nothing changes. */
  record Declined(Cause cause, String reason) implements Decision {}

  /** Why a call is declined. */
  enum Cause {
    /** What the call names does not exist. */
    NOT_FOUND,
    /** It exists, but its state forbids the call. */
    CONFLICT,
    /** The call makes no sense. */
    INVALID,
    /** The call was meant for another state than the present one. */
    CHANGED
  }
}
