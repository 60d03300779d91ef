/** Values that must not be shown. */
@NullMarked
package io.engram.servicekit.secret;

import org.jspecify.annotations.NullMarked;
