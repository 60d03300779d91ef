/** The registry's topics: candidates in, events and updates out, in transactions. */
@NullMarked
package io.engram.modelregistry.kafka;

import org.jspecify.annotations.NullMarked;
