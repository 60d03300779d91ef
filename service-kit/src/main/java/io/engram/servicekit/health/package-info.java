/** Whether a service is well, and since when not. */
@NullMarked
package io.engram.servicekit.health;

import org.jspecify.annotations.NullMarked;
