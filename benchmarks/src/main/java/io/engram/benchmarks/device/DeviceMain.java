package io.engram.benchmarks.device;

import picocli.CommandLine;

/** This bench without the rest of Engram: what the archive for a machine with a card starts. */
public final class DeviceMain {

  private DeviceMain() {}

  /** As {@code engram bench device}. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new DeviceCommand());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    System.exit(command.execute(arguments));
  }
}
