/** The SIP shore: a registrar and proxy, SIPp, and clients of people. */
@NullMarked
package org.isthmus.it.bed.sip;

import org.jspecify.annotations.NullMarked;
