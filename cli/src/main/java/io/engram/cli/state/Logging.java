package io.engram.cli.state;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Where log lines go. Until a command decides, nowhere: the standard output belongs to the user. */
public final class Logging {

  private static final String FILE_PATTERN =
      "%d{ISO8601} %-5level %thread %logger{30}: %printable%n%failure";
  private static final String CONSOLE_PATTERN = "%-5level %logger{0}: %printable%n%nopex";
  private static final long FILE_BYTES = 10L << 20;
  private static final int FILES = 3;

  private Logging() {}

  /** Nothing is written. */
  public static void off() {
    root().detachAndStopAllAppenders();
    own().detachAndStopAllAppenders();
    own().setLevel(null);
    root().setLevel(Level.OFF);
    context().resetTurboFilterList();
    LinesLikeIt counted = new LinesLikeIt();
    counted.start();
    context().addTurboFilter(counted);
  }

  /** As {@link #toFile(Path, boolean, LogStyle)}, in the usual style. */
  public static void toFile(Path file, boolean alsoConsole) {
    toFile(file, alsoConsole, LogStyle.USUAL);
  }

  /**
   * Goes to a file of bounded size; of libraries from INFO, or from the style's level where that is above.
   *
   * @param alsoConsole whether Engram's own warnings are shown on the standard error as well, for people
   */
  public static void toFile(Path file, boolean alsoConsole, LogStyle style) {
    off();
    levels(style);
    root().addAppender(file(file, style));
    if (alsoConsole) {
      own().addAppender(console(Level.WARN));
    }
  }

  /** Goes to the standard error: for roles that run under a supervisor. Of libraries from INFO, or from the style's level where that is above. */
  public static void toConsole(LogStyle style) {
    off();
    levels(style);
    OutputStreamAppender<ILoggingEvent> console = console(style.level());
    console.stop();
    console.setEncoder(encoder(style));
    console.start();
    root().addAppender(console);
    quieten();
  }

  private static void levels(LogStyle style) {
    Level level = style.level();
    root().setLevel(level.isGreaterOrEqual(Level.INFO) ? level : Level.INFO);
    own().setLevel(level);
  }

  private static Encoder<ILoggingEvent> encoder(LogStyle style) {
    return style.json() ? json() : encoder(FILE_PATTERN);
  }

  private static Logger own() {
    return (Logger) LoggerFactory.getLogger("io.engram");
  }

  private static void quieten() {
    // Each client prints its hundred properties; the broker each partition's fate.
    for (String chatty :
        new String[] {"org.apache.kafka", "kafka", "state.change.logger", "org.eclipse.jetty"}) {
      ((Logger) LoggerFactory.getLogger(chatty)).setLevel(Level.WARN);
    }
  }

  private static OutputStreamAppender<ILoggingEvent> console(Level threshold) {
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context());
    console.setTarget("System.err");
    console.setEncoder(encoder(CONSOLE_PATTERN));
    ThresholdFilter filter = new ThresholdFilter();
    filter.setLevel(threshold.toString());
    filter.start();
    console.addFilter(filter);
    console.start();
    return console;
  }

  private static RollingFileAppender<ILoggingEvent> file(Path file, LogStyle style) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context());
    appender.setFile(file.toString());
    appender.setEncoder(encoder(style));
    FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
    rolling.setContext(context());
    rolling.setParent(appender);
    rolling.setFileNamePattern(file + ".%i");
    rolling.setMinIndex(1);
    rolling.setMaxIndex(FILES - 1);
    rolling.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context());
    size.setMaxFileSize(new FileSize(FILE_BYTES));
    size.start();
    appender.setRollingPolicy(rolling);
    appender.setTriggeringPolicy(size);
    appender.start();
    quieten();
    return appender;
  }

  private static Encoder<ILoggingEvent> json() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context());
    encoder.setWithArguments(false);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithMessage(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> encoder(String pattern) {
    PatternLayout layout = new PatternLayout();
    layout.setContext(context());
    layout.getInstanceConverterMap().put("printable", PrintableMessage::new);
    layout.getInstanceConverterMap().put("failure", PrintableFailure::new);
    layout.setPattern(pattern);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context());
    encoder.setLayout(layout);
    encoder.start();
    return encoder;
  }

  private static Logger root() {
    return context().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
