package org.isthmus.component.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.isthmus.component.conversation.OpenWork;
import org.isthmus.component.conversation.OpenWork.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerStoreTest {

    @TempDir
    Path folder;

    @Test
    void whatWasOpenedAndNotClosedIsLeftOver() throws Exception {
        OpenWork kept;
        try (StateFolder state = StateFolder.lock(folder.resolve("state"));
                LedgerStore ledger = open(state)) {
            kept = ledger.open(Direction.XMPP_TO_SIP, "a@x.test/r", "b@y.test", "id1", "de");
            ledger.close(ledger.open(Direction.SIP_TO_XMPP, "sip:b@y.test", "sip:a@x.test", "br call 1", ""));
        }
        try (StateFolder state = StateFolder.lock(folder.resolve("state"));
                LedgerStore ledger = open(state)) {
            assertThat(ledger.leftOver()).containsExactly(kept);
            OpenWork next = ledger.open(Direction.XMPP_TO_SIP, "a@x.test", "b@y.test", "id2", "");
            assertThat(next.number()).as("numbers go on").isGreaterThan(kept.number());
            ledger.close(kept);
            ledger.close(next);
        }
        try (StateFolder state = StateFolder.lock(folder.resolve("state"));
                LedgerStore ledger = open(state)) {
            assertThat(ledger.leftOver()).isEmpty();
        }
    }

    @Test
    void tenThousandEntriesOpenedAndHalfOfThemClosedLeaveTheOtherHalf() throws Exception {
        List<OpenWork> kept;
        try (StateFolder state = StateFolder.lock(folder.resolve("state"));
                LedgerStore ledger = open(state)) {
            List<OpenWork> all = IntStream.range(0, 10_000)
                    .mapToObj(i -> ledger.open(Direction.XMPP_TO_SIP, "a@x.test", "b@y.test", "id" + i, ""))
                    .toList();
            all.stream().filter(e -> e.number() % 2 == 0).forEach(ledger::close);
            kept = all.stream().filter(e -> e.number() % 2 == 1).toList();
        }
        try (StateFolder state = StateFolder.lock(folder.resolve("state"));
                LedgerStore ledger = open(state)) {
            assertThat(ledger.leftOver()).isEqualTo(kept);
        }
    }

    @Test
    void aStateFolderIsHeldByOneInstance() throws IOException {
        try (StateFolder first = StateFolder.lock(folder.resolve("state"))) {
            assertThat(first.resolve("lock")).exists();
            assertThatThrownBy(() -> StateFolder.lock(folder.resolve("state")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("held by another running gateway");
        }
    }

    @Test
    void aStateFolderThatOthersCanReadIsRefusedWithTheCommandThatMendsIt() throws IOException {
        Path open = Files.createDirectory(folder.resolve("state"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));
        assertThatThrownBy(() -> StateFolder.lock(open)).hasMessageContaining("chmod 700 " + open);
    }

    private static LedgerStore open(StateFolder state) throws SQLException {
        return new LedgerStore(Database.open(Database.embeddedUrl(state), "sa", ""), (where, failure) -> {
            throw new AssertionError(where, failure);
        });
    }
}
