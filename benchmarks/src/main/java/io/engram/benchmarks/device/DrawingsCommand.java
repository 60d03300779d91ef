package io.engram.benchmarks.device;

import io.engram.benchmarks.DataDirectory;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** For {@code benchmarks/device/pack}: writes Omniglot's drawings into one file. */
@Command(name = "drawings", hidden = true)
final class DrawingsCommand implements Callable<Integer> {

  @Mixin private DataDirectory data = new DataDirectory();

  @Parameters(index = "0")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    PackedDrawings.ofArchives(data.of("omniglot")).write(file);
    return 0;
  }
}
