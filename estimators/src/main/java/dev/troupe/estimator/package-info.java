/** The estimator SPI, and estimators that need no framework: functions and external programs. */
@NullMarked
package dev.troupe.estimator;

import org.jspecify.annotations.NullMarked;
