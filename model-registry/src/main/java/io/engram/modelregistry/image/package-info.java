/** What is registered: an immutable image that only events change, and the events. Knows neither Kafka nor disk nor HTTP. */
@NullMarked
package io.engram.modelregistry.image;

import org.jspecify.annotations.NullMarked;
