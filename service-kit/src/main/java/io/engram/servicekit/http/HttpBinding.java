package io.engram.servicekit.http;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where a port listens.
 *
 * @param name of its threads, and of the port in the log
 * @param host address to listen on
 * @param port 0 to pick a free one
 * @param tls plain HTTP where empty
 */
public record HttpBinding(String name, String host, int port, Optional<SSLContext> tls) {}
