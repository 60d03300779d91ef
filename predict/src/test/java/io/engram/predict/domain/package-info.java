@NullMarked
package io.engram.predict.domain;

import org.jspecify.annotations.NullMarked;
