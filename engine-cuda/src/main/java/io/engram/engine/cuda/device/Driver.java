package io.engram.engine.cuda.device;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;

/**
 * The functions of NVIDIA's driver that are used here, under their own names. Results are error codes. Handles are pointers or, where only
 * passed on, longs. See the CUDA Driver API reference.
 */
@SuppressWarnings({"MethodName", "MemberName"}) // C names
final class Driver {

  static final int SUCCESS = 0;
  static final int OUT_OF_MEMORY = 2;
  static final int NO_DEVICE = 100;

  static final int ATTRIBUTE_SHARED_MEMORY_OPTIN = 97;
  static final int ATTRIBUTE_PROCESSORS = 16;
  static final int ATTRIBUTE_MAJOR = 75;
  static final int ATTRIBUTE_MINOR = 76;

  static final int FUNCTION_DYNAMIC_SHARED = 8;

  static final int STREAM_NON_BLOCKING = 1;
  static final int EVENT_WITHOUT_TIME = 2;
  static final int CAPTURE_THREAD_LOCAL = 1;

  private static final Optional<String> PROBLEM = register();

  private Driver() {}

  /** Why nothing here can be called; nothing where all can. */
  static Optional<String> problem() {
    return PROBLEM;
  }

  private static Optional<String> register() {
    NativeLibrary library;
    try {
      library = NativeLibrary.getInstance(name());
    } catch (LinkageError e) {
      return Optional.of(Diagnosis.noLibrary(name()));
    }
    try {
      Native.register(Driver.class, library);
      return Optional.empty();
    } catch (LinkageError e) {
      return Optional.of(Diagnosis.oldLibrary(name(), String.valueOf(e.getMessage())));
    }
  }

  private static String name() {
    return System.getProperty("os.name").startsWith("Windows") ? "nvcuda" : "libcuda.so.1";
  }

  static native int cuInit(int flags);

  static native int cuDriverGetVersion(IntByReference version);

  static native int cuGetErrorName(int error, PointerByReference text);

  static native int cuGetErrorString(int error, PointerByReference text);

  static native int cuDeviceGetCount(IntByReference count);

  static native int cuDeviceGet(IntByReference device, int ordinal);

  static native int cuDeviceGetName(byte[] name, int length, int device);

  static native int cuDeviceGetAttribute(IntByReference value, int attribute, int device);

  static native int cuDevicePrimaryCtxRetain(LongByReference context, int device);

  static native int cuCtxSetCurrent(long context);

  static native int cuModuleLoadData(LongByReference module, byte[] image);

  static native int cuModuleGetFunction(LongByReference function, long module, String name);

  static native int cuFuncSetAttribute(long function, int attribute, int value);

  static native int cuMemGetInfo_v2(LongByReference free, LongByReference total);

  static native int cuMemAlloc_v2(LongByReference address, long bytes);

  static native int cuMemFree_v2(long address);

  static native int cuMemHostAlloc(PointerByReference address, long bytes, int flags);

  static native int cuMemFreeHost(long address);

  static native int cuMemcpyHtoD_v2(long to, long from, long bytes);

  static native int cuMemcpyHtoDAsync_v2(long to, long from, long bytes, long stream);

  static native int cuMemcpyDtoHAsync_v2(long to, long from, long bytes, long stream);

  static native int cuMemsetD8_v2(long address, byte value, long bytes);

  static native int cuStreamCreate(LongByReference stream, int flags);

  static native int cuStreamDestroy_v2(long stream);

  static native int cuStreamSynchronize(long stream);

  static native int cuStreamWaitEvent(long stream, long event, int flags);

  static native int cuEventCreate(LongByReference event, int flags);

  static native int cuEventRecord(long event, long stream);

  static native int cuEventSynchronize(long event);

  static native int cuEventDestroy_v2(long event);

  static native int cuStreamBeginCapture_v2(long stream, int mode);

  static native int cuStreamEndCapture(long stream, LongByReference graph);

  static native int cuGraphInstantiateWithFlags(LongByReference executable, long graph, long flags);

  static native int cuGraphLaunch(long executable, long stream);

  static native int cuGraphExecDestroy(long executable);

  static native int cuGraphDestroy(long graph);

  static native int cuLaunchKernel(
      long function,
      int gridX,
      int gridY,
      int gridZ,
      int blockX,
      int blockY,
      int blockZ,
      int sharedBytes,
      long stream,
      Pointer parameters,
      Pointer extra);

  /** Throws {@link DeviceMemoryException} or {@link DeviceLostException} unless a call went well. */
  static void check(String doing, int result) {
    if (result == OUT_OF_MEMORY) {
      throw new DeviceMemoryException(
          "there is no room for %s on the card or in the host's memory that it can reach; make room (nvidia-smi shows who uses the card), or set learner.engine = fused"
              .formatted(doing));
    }
    if (result != SUCCESS) {
      throw new DeviceLostException(
          "CUDA failed in %s (%s); restart to go on from the last commit, or set learner.engine = fused"
              .formatted(doing, text(result)));
    }
  }

  /** What an error code means. */
  static String text(int error) {
    PointerByReference name = new PointerByReference();
    PointerByReference meaning = new PointerByReference();
    if (cuGetErrorName(error, name) != SUCCESS || cuGetErrorString(error, meaning) != SUCCESS) {
      return "error " + error;
    }
    return name.getValue().getString(0) + ": " + meaning.getValue().getString(0);
  }
}
