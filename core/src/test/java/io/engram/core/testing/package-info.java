/**
 * What the tests of every module share. Other modules use it through the test-jar of {@code engram-core}:
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>io.engram</groupId>
 *   <artifactId>engram-core</artifactId>
 *   <type>test-jar</type>
 *   <scope>test</scope>
 * </dependency>
 * }</pre>
 *
 * <p>{@link io.engram.core.testing.TestData#require} gives the path of a data set, or skips the test with a
 * message where the data set is absent.
 */
@NullMarked
package io.engram.core.testing;

import org.jspecify.annotations.NullMarked;
