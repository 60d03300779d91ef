@NullMarked
package io.engram.servicekit.log;

import org.jspecify.annotations.NullMarked;
