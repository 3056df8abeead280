/** What is said: pure translators between XMPP and SIP bodies and headers. */
@NullMarked
package org.isthmus.translation;

import org.jspecify.annotations.NullMarked;
