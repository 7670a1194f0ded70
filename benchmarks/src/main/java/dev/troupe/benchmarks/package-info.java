/** Benchmarks of overhead and training speed. Each states its command; none asserts a time. */
@NullMarked
package dev.troupe.benchmarks;

import org.jspecify.annotations.NullMarked;
