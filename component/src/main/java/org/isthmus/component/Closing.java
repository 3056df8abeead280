package org.isthmus.component;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been opened while starting, to be closed in reverse when the start fails. */
final class Closing {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        opened.push(part);
        return part;
    }

    void closeAll() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception alreadyFailing) {
                // The reason why the start failed is what the operator needs.
            }
        }
    }
}
