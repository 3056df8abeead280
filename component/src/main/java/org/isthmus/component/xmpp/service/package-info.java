/** What the gateway answers for itself: disco, version, ping (XEP-0030, XEP-0092, XEP-0199). */
@NullMarked
package org.isthmus.component.xmpp.service;

import org.jspecify.annotations.NullMarked;
