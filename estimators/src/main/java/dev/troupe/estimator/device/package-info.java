/** Devices on which estimators run, and the clock that integrates how long they were held. */
@NullMarked
package dev.troupe.estimator.device;

import org.jspecify.annotations.NullMarked;
