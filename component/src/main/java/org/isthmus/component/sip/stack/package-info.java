/** JAIN-SIP, entered through its own extension points: listeners, source check, valve, timers, loggers (RFC 3261). */
@NullMarked
package org.isthmus.component.sip.stack;

import org.jspecify.annotations.NullMarked;
