package io.engram.engine.cuda.device;

import com.sun.jna.ptr.LongByReference;
import java.util.HashMap;
import java.util.Map;

/**
 * A card's context with the kernels in it. Made once for each card and kept as long as the process lives: making a context takes the driver
 * a good part of a second. Thread-safe.
 */
final class LoadedKernels {

  private static final Map<Integer, LoadedKernels> LOADED = new HashMap<>();

  private final Card card;
  private final long context;
  private final long module;
  private final Map<String, Long> functions = new HashMap<>();

  private LoadedKernels(Card card) {
    this.card = card;
    LongByReference found = new LongByReference();
    check("opening " + card, Driver.cuDevicePrimaryCtxRetain(found, card.device()));
    this.context = found.getValue();
    use();
    byte[] image = Kernels.image(card.capability());
    check("loading the kernels for " + card, Driver.cuModuleLoadData(found, image));
    this.module = found.getValue();
  }

  static LoadedKernels on(Card card) {
    synchronized (LOADED) {
      return LOADED.computeIfAbsent(card.device(), device -> new LoadedKernels(card));
    }
  }

  /** Makes the context that of the calling thread. */
  void use() {
    check("using " + card, Driver.cuCtxSetCurrent(context));
  }

  /** The handle of a kernel. */
  synchronized long function(String name) {
    return functions.computeIfAbsent(name, this::find);
  }

  private long find(String name) {
    LongByReference function = new LongByReference();
    check("finding the kernel " + name, Driver.cuModuleGetFunction(function, module, name));
    if (card.asksForSharedMemory(name)) {
      check(
          "giving shared memory to " + name,
          Driver.cuFuncSetAttribute(
              function.getValue(), Driver.FUNCTION_DYNAMIC_SHARED, card.dynamicShared()));
    }
    return function.getValue();
  }

  private static void check(String doing, int result) {
    Driver.check(doing, result);
  }
}
