package io.engram.engine;

import io.engram.core.compute.EngineKind.Availability;
import io.engram.core.compute.UnsupportedNetworkException;
import java.util.function.Supplier;

/**
 * A library that an engine is built on and that need not be there. Classes that use it are named inside of {@code start} alone, so that
 * an engine's kind can be loaded without it.
 *
 * @param name for people
 * @param className of a class that is there if the library is
 * @param remedy what to do where it is not
 */
public record OptionalLibrary(String name, String className, String remedy) {

  /**
   * Tries it.
   *
   * @param start starts what needs the library and says what it runs on
   */
  public Availability start(Supplier<String> start) {
    if (!present()) {
      return new Availability.Absent("%s is not on the class path: %s".formatted(name, remedy));
    }
    try {
      return new Availability.Here(start.get());
    } catch (UnsupportedNetworkException e) {
      return new Availability.Absent(String.valueOf(e.getMessage()));
    } catch (LinkageError | RuntimeException e) {
      // Half of it is there: a backend is missing, or native code for this machine.
      return new Availability.Absent(
          "%s does not start (%s): %s".formatted(name, rootOf(e), remedy));
    }
  }

  private boolean present() {
    try {
      Class.forName(className, false, OptionalLibrary.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
