@NullMarked
package io.engram.servicekit.health;

import org.jspecify.annotations.NullMarked;
