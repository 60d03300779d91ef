package io.engram.cli.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** Leaves out tests, in directories and in the test-jars that modules share. */
final class ProductionCode implements ImportOption {

  private final ImportOption notInTestDirectories = new ImportOption.DoNotIncludeTests();

  @Override
  public boolean includes(Location location) {
    return notInTestDirectories.includes(location) && !location.contains("-tests.jar");
  }
}
