/** The registry over HTTP: JSON for programs, server-sent events for whoever watches. */
@NullMarked
package io.engram.modelregistry.http;

import org.jspecify.annotations.NullMarked;
