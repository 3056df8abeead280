package org.isthmus.component.sip.wire;

import java.util.concurrent.Executor;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.sip.PartnerView;
import org.isthmus.component.sip.SipLimits;
import org.isthmus.component.sip.SipTimers;
import org.isthmus.component.sip.framing.TagStamp;

/**
 * What every point needs.
 *
 * @param partners tells partners from strangers
 * @param handler takes what comes in
 * @param limits the bounds
 * @param timers for watchdogs
 * @param log for defects; refusals go to the handler
 * @param out the pool of {@code sip-out} threads; every write that may block runs there
 * @param stamp makes the To tags of answers that need no state
 */
public record WireContext(
        PartnerView partners,
        WireHandler handler,
        SipLimits limits,
        SipTimers timers,
        EventLog log,
        Executor out,
        TagStamp stamp) {}
