package io.engram.predict.domain;

import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.OpenQuestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** In memory. */
final class MapPredictStore implements PredictStore {

  final Map<String, KeyRows> keys = new HashMap<>();
  final Map<String, TreeMap<Long, LabeledExample>> rows = new HashMap<>();
  final Map<AskedId, OpenQuestion> questions = new HashMap<>();
  final Map<AskedId, TraceContext> traces = new HashMap<>();
  final TreeMap<Long, Map<AskedId, Boolean>> due = new TreeMap<>();
  final TreeMap<Long, Map<AskedId, Boolean>> waiting = new TreeMap<>();

  @Override
  public KeyRows rows(String key) {
    return keys.getOrDefault(key, KeyRows.NONE);
  }

  @Override
  public void put(String key, KeyRows which) {
    keys.put(key, which);
  }

  @Override
  public void putRow(String key, long number, LabeledExample row) {
    rows.computeIfAbsent(key, none -> new TreeMap<>()).put(number, row);
  }

  @Override
  public void removeRow(String key, long number) {
    rows.getOrDefault(key, new TreeMap<>()).remove(number);
  }

  @Override
  public List<LabeledExample> rows(String key, long from, long to) {
    return List.copyOf(rows.getOrDefault(key, new TreeMap<>()).subMap(from, to).values());
  }

  @Override
  public @Nullable OpenQuestion question(AskedId asked) {
    OpenQuestion found = questions.get(asked);
    return found == null ? null : copy(found);
  }

  @Override
  public void put(AskedId asked, OpenQuestion question) {
    questions.put(asked, copy(question));
    due.computeIfAbsent(question.getDue(), none -> new HashMap<>()).put(asked, true);
  }

  @Override
  public void remove(AskedId asked, OpenQuestion question) {
    questions.remove(asked);
    due.getOrDefault(question.getDue(), new HashMap<>()).remove(asked);
    traces.remove(asked);
  }

  @Override
  public @Nullable TraceContext trace(AskedId asked) {
    return traces.get(asked);
  }

  @Override
  public void putTrace(AskedId asked, TraceContext trace) {
    traces.put(asked, trace);
  }

  @Override
  public void waits(AskedId asked, long until) {
    waiting.computeIfAbsent(until, none -> new HashMap<>()).put(asked, true);
  }

  @Override
  public void waitsNoMore(AskedId asked, long until) {
    waiting.getOrDefault(until, new HashMap<>()).remove(asked);
  }

  @Override
  public void forEachWaiting(Consumer<AskedId> what) {
    all(waiting.values().stream().flatMap(it -> it.keySet().stream()).toList(), what);
  }

  @Override
  public void forEachDue(long before, Consumer<AskedId> what) {
    all(due.headMap(before).values().stream().flatMap(it -> it.keySet().stream()).toList(), what);
  }

  private static OpenQuestion copy(OpenQuestion question) {
    return Wire.openQuestion().decode(Wire.openQuestion().encode(question));
  }

  private static void all(List<AskedId> asked, Consumer<AskedId> what) {
    asked.forEach(what);
  }
}
