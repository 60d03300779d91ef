package io.engram.cli.state;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.engram.servicekit.log.Printable;
import java.util.stream.Collectors;

/** A stack trace, line by line; a message in it that has line breaks of its own is set apart, so that no line of it looks like one of the log. */
public final class PrintableFailure extends ThrowableProxyConverter {

  @Override
  protected String throwableProxyToString(IThrowableProxy failure) {
    return super.throwableProxyToString(failure)
        .lines()
        .map(PrintableFailure::setApart)
        .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
  }

  private static String setApart(String line) {
    String indent = line.startsWith("\t") ? "\t" : "";
    String text = Printable.escaped(line.substring(indent.length()));
    return text.isEmpty() || indent.isEmpty() ? "  " + text : indent + text;
  }
}
