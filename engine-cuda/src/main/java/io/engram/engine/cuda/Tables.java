package io.engram.engine.cuda;

import io.engram.engine.cuda.device.Device;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What the products of a program share: how they multiply, and tables of offsets on the card; equal ones are kept once, until the program is closed. */
final class Tables implements AutoCloseable {

  private final Device device;
  private final Arithmetic arithmetic;
  private final Map<Content, Long> addresses = new HashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // compared by content below
  private record Content(int[] values) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Content content && Arrays.equals(values, content.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }

  Tables(Device device, Arithmetic arithmetic) {
    this.device = device;
    this.arithmetic = arithmetic;
  }

  Arithmetic arithmetic() {
    return arithmetic;
  }

  /** The address of {@code values}, which are not to be changed afterwards. */
  long of(int[] values) {
    return addresses.computeIfAbsent(new Content(values), this::upload);
  }

  private long upload(Content content) {
    long bytes = Math.max(4, 4L * content.values.length);
    long address = device.allocate(bytes);
    device.upload(address, content.values);
    return address;
  }

  @Override
  public void close() {
    addresses.values().forEach(device::free);
    addresses.clear();
  }
}
