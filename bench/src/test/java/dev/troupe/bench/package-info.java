/** Tests of the benchmark, and a problem for them. */
@NullMarked
package dev.troupe.bench;

import org.jspecify.annotations.NullMarked;
