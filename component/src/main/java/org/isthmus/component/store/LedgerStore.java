package org.isthmus.component.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.isthmus.component.conversation.OpenWork;
import org.isthmus.component.conversation.TaskFailures;
import org.isthmus.component.conversation.WorkLedger;

/**
 * The open-work ledger on JDBC.
 *
 * <p><b>Group commits.</b> Callers put changes into a map under a lock; one thread, {@code store-io}, takes the whole map
 * and commits it as one transaction, then takes what has gathered meanwhile. There is no delay of its own: an idle
 * ledger writes an entry within one commit. An entry opened and closed within one commit's time cancels itself out, so
 * a busy gateway whose peers answer fast hardly writes at all.
 *
 * <p><b>What a crash can lose.</b> Changes since the last commit: messages of the last millisecond or so, whose requests
 * have then already left. A closing that is lost yields a report too many ("outcome unknown"), never one too few.
 *
 * <p><b>When the database fails</b> the changes of that group stay in the map and are tried again after a second; the
 * failure is reported each time. Messages keep flowing: a disk that is full must not stop a hospital's chat.
 */
public final class LedgerStore implements WorkLedger, AutoCloseable {

    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    /** Present: to insert. Absent: to delete. */
    private record Change(OpenWork entry, boolean insert) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition answered = lock.newCondition();
    private final Connection connection;
    private final TaskFailures failures;
    private final AtomicLong numbers;
    private final List<OpenWork> leftOver;
    private final Thread writer;
    private final Map<Long, OpenWork> unanswered = new ConcurrentHashMap<>();
    private Map<Long, Change> pending = new LinkedHashMap<>();
    private boolean closing;

    /**
     * Reads what the process before left over and starts the writer.
     *
     * @param connection used by this object alone, auto-commit off; closed with it
     * @throws SQLException when the ledger cannot be read
     */
    public LedgerStore(Connection connection, TaskFailures failures) throws SQLException {
        this.connection = connection;
        this.failures = failures;
        this.leftOver = readAll(connection);
        this.numbers = new AtomicLong(
                leftOver.stream().mapToLong(OpenWork::number).max().orElse(0));
        this.writer = new Thread(this::run, "store-io");
        this.writer.setDaemon(true);
        this.writer.start();
    }

    @Override
    public OpenWork open(OpenWork.Direction direction, String from, String to, String id, String lang) {
        OpenWork entry = new OpenWork(numbers.incrementAndGet(), direction, from, to, id, lang);
        unanswered.put(entry.number(), entry);
        lock.lock();
        try {
            pending.put(entry.number(), new Change(entry, true));
            changed.signal();
        } finally {
            lock.unlock();
        }
        return entry;
    }

    @Override
    public void close(OpenWork entry) {
        unanswered.remove(entry.number());
        lock.lock();
        try {
            if (unanswered.isEmpty()) {
                answered.signalAll();
            }
            Change waiting = pending.get(entry.number());
            if (waiting != null && waiting.insert()) {
                pending.remove(entry.number());
            } else {
                pending.put(entry.number(), new Change(entry, false));
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<OpenWork> leftOver() {
        return leftOver;
    }

    @Override
    public List<OpenWork> unanswered() {
        return List.copyOf(unanswered.values());
    }

    /**
     * Waits until every sender has his answer.
     *
     * @return whether that came to pass within the patience
     */
    public boolean awaitAnswered(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!unanswered.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = answered.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Commits what is pending and ends the writer; waits at most ten seconds. */
    @Override
    public void close() throws SQLException {
        lock.lock();
        try {
            closing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(10_000);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    private void run() {
        for (Map<Long, Change> group = take(); !group.isEmpty(); group = take()) {
            try {
                commit(group);
            } catch (SQLException failure) {
                failures.failed("store-io", failure);
                putBack(group);
            }
        }
    }

    private Map<Long, Change> take() {
        lock.lock();
        try {
            while (pending.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            Map<Long, Change> group = pending;
            pending = new LinkedHashMap<>();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void putBack(Map<Long, Change> group) {
        lock.lock();
        try {
            if (closing) {
                return; // there is nobody left to try again for
            }
            group.forEach((number, change) -> {
                Change newer = pending.get(number);
                if (newer == null) {
                    pending.put(number, change);
                } else if (change.insert()) {
                    pending.remove(number); // opened in the failed group, closed since
                }
            });
            pause();
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // an early end of the pause only tries again earlier
    private void pause() {
        try {
            changed.awaitNanos(RETRY_NANOS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void commit(Map<Long, Change> group) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO open_work"
                        + " (entry_number, direction, from_address, to_address, work_id, lang)"
                        + " VALUES (?, ?, ?, ?, ?, ?)");
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM open_work WHERE entry_number = ?")) {
            for (Change change : group.values()) {
                OpenWork entry = change.entry();
                if (change.insert()) {
                    insert.setLong(1, entry.number());
                    insert.setString(2, entry.direction().name());
                    insert.setString(3, entry.from());
                    insert.setString(4, entry.to());
                    insert.setString(5, entry.id());
                    insert.setString(6, entry.lang());
                    insert.addBatch();
                } else {
                    delete.setLong(1, entry.number());
                    delete.addBatch();
                }
            }
            insert.executeBatch();
            delete.executeBatch();
            connection.commit();
        } catch (SQLException failure) {
            connection.rollback();
            throw failure;
        }
    }

    private static List<OpenWork> readAll(Connection connection) throws SQLException {
        List<OpenWork> all = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT entry_number, direction, from_address, to_address, work_id, lang"
                                + " FROM open_work ORDER BY entry_number");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                all.add(new OpenWork(
                        rows.getLong(1),
                        OpenWork.Direction.valueOf(rows.getString(2)),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getString(6)));
            }
        }
        connection.commit();
        return List.copyOf(all);
    }
}
