package org.isthmus.component.conversation;

/** Told of a task that threw; the thread that ran it lives on. Called on that thread. */
@FunctionalInterface
public interface TaskFailures {
    void failed(String where, Throwable failure);
}
