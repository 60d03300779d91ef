package io.engram.engine.cuda;

import io.engram.engine.cuda.device.DeviceMemoryException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The plans used last, by shape. Shapes come and go with the stream; plans hold much memory. */
final class Plans implements AutoCloseable {

  /** Different shapes of meta-batches, adaptations and predictions in turn. */
  private static final int MOST = 12;

  private final Map<Object, AutoCloseable> plans = new LinkedHashMap<>(16, 0.75f, true);

  /** The plan of a shape, made if need be; where memory runs out, others are given up first. */
  <T extends AutoCloseable> T plan(Class<T> type, Object shape, Supplier<T> maker) {
    AutoCloseable found = plans.get(shape);
    if (found == null) {
      while (plans.size() >= MOST) {
        giveUpEldest();
      }
      found = make(maker);
      plans.put(shape, found);
    }
    return type.cast(found);
  }

  /** Gives all up. */
  void clear() {
    while (!plans.isEmpty()) {
      giveUpEldest();
    }
  }

  private <T extends AutoCloseable> T make(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (DeviceMemoryException e) {
      if (plans.isEmpty()) {
        throw e;
      }
      clear();
      return maker.get();
    }
  }

  private void giveUpEldest() {
    Object eldest = plans.keySet().iterator().next();
    AutoCloseable plan = plans.remove(eldest);
    try {
      if (plan != null) {
        plan.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("a plan could not be closed", e);
    }
  }

  @Override
  public void close() {
    clear();
  }
}
