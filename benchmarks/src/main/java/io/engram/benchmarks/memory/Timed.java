package io.engram.benchmarks.memory;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** Puts a clock around an interface: nanoseconds and calls by method. For one thread. */
final class Timed {

  private final Map<String, Long> nanos = new HashMap<>();
  private final Map<String, Long> calls = new HashMap<>();

  <T> T around(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              long start = System.nanoTime();
              try {
                return method.invoke(target, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              } finally {
                nanos.merge(method.getName(), System.nanoTime() - start, Long::sum);
                calls.merge(method.getName(), 1L, Long::sum);
              }
            }));
  }

  double seconds(String... methods) {
    double sum = 0;
    for (String method : methods) {
      sum += nanos.getOrDefault(method, 0L) / 1e9;
    }
    return sum;
  }

  long calls(String method) {
    return calls.getOrDefault(method, 0L);
  }
}
