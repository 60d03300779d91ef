package io.engram.servicekit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection: one request after another, each read within its time and answered within its own. */
final class Connection implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** Of a body that nobody asked for, and of what a refused client goes on sending. */
  private static final long MOST_SKIPPED = 256 * 1024;

  private static final Duration GOODBYE = Duration.ofMillis(500);

  /** How much later one is sent away that has not been listened to yet: only where all are such. */
  private static final long NOT_HEARD_YET = Duration.ofHours(1).toNanos();

  private final Socket socket;
  private final PortRules rules;
  private final InetAddress client;
  private volatile long waitingSince = System.nanoTime();
  private volatile boolean heard;
  private volatile DeadlineOutput sending;
  private boolean atWork;
  private boolean sentAway;

  Connection(Socket socket, PortRules rules) throws IOException {
    this.socket = socket;
    this.rules = rules;
    this.client = socket.getInetAddress();
    this.sending = new DeadlineOutput(socket.getOutputStream());
  }

  InetAddress client() {
    return client;
  }

  /** On the clock of {@link System#nanoTime}: when it last had something done; of one that no thread has listened to yet, far from now. */
  long waitingSince() {
    return heard ? waitingSince : waitingSince + NOT_HEARD_YET;
  }

  /** Closes it if it waits for a request; whether it did. Any thread. */
  synchronized boolean sendAway() {
    if (!atWork) {
      sentAway = true;
      close();
    }
    return sentAway;
  }

  /** Closes it if its client takes too long to take what it asked for, or to ask, be it by a greeting of TLS that drips. Any thread. */
  void closeIfLate(long now) {
    if (sending.late(now)) {
      LOG.debug("{} takes its answer too slowly and is closed", client);
      close();
    } else if (now - waitingSince > rules.longestWait().toNanos() && sendAway()) {
      LOG.debug("{} asks for nothing and is closed", client);
    }
  }

  /** Any thread. Closes the plain socket: one with TLS would wait for whoever writes. */
  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.trace("closing failed", e);
    }
  }

  @Override
  public void run() {
    waitingSince = System.nanoTime();
    heard = true;
    try (socket) {
      Socket secured = rules.secure(socket);
      sending = new DeadlineOutput(secured.getOutputStream());
      DeadlineInput in = new DeadlineInput(secured);
      boolean more = true;
      while (more) {
        more = serve(in);
      }
      goodbye(secured, in);
    } catch (IOException | UncheckedIOException e) {
      LOG.trace("{} has gone", client, e);
    }
  }

  private boolean serve(DeadlineInput in) throws IOException {
    in.within(rules.limits().idle());
    try {
      if (!in.awaitByte()) {
        return false;
      }
    } catch (SocketTimeoutException e) {
      return false;
    }
    try {
      return answer(in);
    } catch (SocketTimeoutException e) {
      return refuse(new HttpRefusal(408, "the request did not come in time"));
    } catch (HttpRefusal e) {
      return refuse(e);
    } finally {
      waitingSince = System.nanoTime();
      rest();
    }
  }

  private boolean answer(DeadlineInput in) throws IOException {
    in.within(rules.limits().request());
    Head head = HeadReader.read(in);
    rules.hosts().check(head, socket.getLocalAddress());
    HttpRequest request = new HttpRequest(head, in, client);
    if (!work()) {
      return false;
    }
    if (head.headers().containsKey("expect")) {
      sending.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      sending.flush();
    }
    if (rules.handler().light(head.path())) {
      return send(rules.answer(request), request, head);
    }
    if (!rules.calls().enter(client)) {
      throw HttpRefusal.busy();
    }
    HttpAnswer answer;
    try {
      answer = rules.answer(request);
      if (answer instanceof HttpAnswer.Whole) {
        return send(answer, request, head);
      }
    } finally {
      rules.calls().leave(client);
    }
    if (!rules.streams().enter(client)) {
      throw HttpRefusal.busy();
    }
    try {
      return send(answer, request, head);
    } finally {
      rules.streams().leave(client);
    }
  }

  /** Whether another request may follow. */
  private boolean send(HttpAnswer answer, HttpRequest request, Head head) throws IOException {
    if (answer instanceof HttpAnswer.Endless endless) {
      AnswerWriter.write(sending, endless);
      return false;
    }
    boolean more = head.keepsAlive() && request.unread() <= MOST_SKIPPED;
    AnswerWriter.write(sending, (HttpAnswer.Whole) answer, more);
    return more && request.skipRest();
  }

  private boolean refuse(HttpRefusal refusal) throws IOException {
    AnswerWriter.write(sending, AnswerWriter.problem(refusal), false);
    return false;
  }

  private synchronized boolean work() {
    atWork = !sentAway;
    return atWork;
  }

  private synchronized void rest() {
    atWork = false;
  }

  /** What is still on its way is taken, because a closed socket that bytes come to resets the answer before it is read. */
  private void goodbye(Socket secured, DeadlineInput in) throws IOException {
    if (secured.isClosed()) {
      return;
    }
    secured.shutdownOutput();
    in.within(GOODBYE);
    try {
      if (in.skip(MOST_SKIPPED)) {
        LOG.debug("{} goes on sending and is closed", client);
      }
    } catch (SocketTimeoutException e) {
      LOG.trace("{} does not close", client);
    }
  }
}
