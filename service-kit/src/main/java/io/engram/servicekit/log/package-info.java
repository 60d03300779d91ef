/** Lines of the log about what others sent: counted instead of repeated, and printable. */
@NullMarked
package io.engram.servicekit.log;

import org.jspecify.annotations.NullMarked;
