package org.isthmus.component.sip.stack;

import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.isthmus.component.sip.SipTimers;
import org.isthmus.component.sip.wire.WireContext;

/**
 * JAIN-SIP builds its extensions by class name and gives them the stack's name at most; here they find what they are to
 * work with. The only static state in the program.
 *
 * @param context what points need
 * @param timers the clock of every transaction timer
 * @param udp sockets bound already, taken by the points in the order of their creation
 * @param tcp the same for TCP
 */
record StackHooks(WireContext context, SipTimers timers, Queue<DatagramSocket> udp, Queue<ServerSocket> tcp) {

    private static final Map<String, StackHooks> BY_STACK = new ConcurrentHashMap<>();

    static void put(String stack, StackHooks hooks) {
        if (BY_STACK.putIfAbsent(stack, hooks) != null) {
            throw new IllegalStateException("a SIP stack named " + stack + " exists already");
        }
    }

    static void remove(String stack) {
        BY_STACK.remove(stack);
    }

    static StackHooks of(String stack) {
        StackHooks hooks = BY_STACK.get(stack);
        if (hooks == null) {
            throw new IllegalStateException("no hooks for the SIP stack " + stack);
        }
        return hooks;
    }
}
