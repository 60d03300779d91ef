/** An HTTP port that strangers may knock at: Jetty, strict, with deadlines, limits on everything, hosts that are checked. */
@NullMarked
package io.engram.servicekit.http;

import org.jspecify.annotations.NullMarked;
