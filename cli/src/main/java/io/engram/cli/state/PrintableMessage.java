package io.engram.cli.state;

import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.engram.servicekit.log.Printable;

/** A message in one line, whatever others put into it. */
public final class PrintableMessage extends MessageConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return Printable.escaped(String.valueOf(super.convert(event)));
  }
}
