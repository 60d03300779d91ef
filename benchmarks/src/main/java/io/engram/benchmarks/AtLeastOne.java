package io.engram.benchmarks;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option that counts something there must be: none of it would give figures of nothing. */
public final class AtLeastOne implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String text) {
    int count;
    try {
      count = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("found '" + text + "', expected a whole number");
    }
    if (count < 1) {
      throw new TypeConversionException("found " + count + ", expected at least 1");
    }
    return count;
  }
}
