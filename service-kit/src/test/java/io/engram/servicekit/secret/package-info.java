@NullMarked
package io.engram.servicekit.secret;

import org.jspecify.annotations.NullMarked;
