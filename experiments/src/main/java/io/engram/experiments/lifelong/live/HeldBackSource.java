package io.engram.experiments.lifelong.live;

import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SourceRecord;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A source that waits, as a live one does, until more of it is released: an exam is sat by the model of that very moment. */
final class HeldBackSource implements ExampleSource {

  private final ExampleSource source;
  private volatile long released;

  HeldBackSource(ExampleSource source) {
    this.source = source;
  }

  /** Lets records below this index pass. Any thread. */
  void release(long below) {
    released = below;
  }

  @Override
  public OptionalLong size() {
    return source.size();
  }

  @Override
  public boolean finite() {
    return source.finite();
  }

  @Override
  public Map<String, String> identity() {
    return source.identity();
  }

  @Override
  public String description() {
    return source.description();
  }

  @Override
  public Cursor open(long first) {
    return new HeldBackCursor(source.open(first), first);
  }

  @Override
  public void close() {
    source.close();
  }

  private final class HeldBackCursor implements Cursor {
    private final Cursor cursor;
    private long next;

    HeldBackCursor(Cursor cursor, long first) {
      this.cursor = cursor;
      this.next = first;
    }

    @Override
    public @Nullable SourceRecord next() {
      next++;
      return cursor.next();
    }

    @Override
    public boolean ready() {
      return next < released && cursor.ready();
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
