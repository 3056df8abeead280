package org.isthmus.bytestream.socks5.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.isthmus.bytestream.NoLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
class HandshakeTest {

    private static final String HASH = "98b8d688d0f5d895fd41c5e7309a2e9e33ba32ff";
    private static final String HASH_HEX =
            "39386238643638386430663564383935666434316335653733303961326539653333626133326666";
    private static final String CONNECT = "0501000328" + HASH_HEX + "0000";
    private static final String REPLY = "0500000328" + HASH_HEX + "0000";

    /** A handshake of ours towards a stream host in the test's hands. */
    private static final class Client implements ClientHandshake.Listener {
        private final EmbeddedChannel channel = new EmbeddedChannel(false, false);
        private final List<String> failures = new ArrayList<>();
        private Socks5Connection connection;

        private Client() {
            new ClientHandshake(HASH, Duration.ofSeconds(2), this).install(channel);
            try {
                channel.register();
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            }
        }

        @Override
        public void connected(Socks5Connection made) {
            assertThat(connection).isNull();
            connection = made;
        }

        @Override
        public void failed(String why) {
            failures.add(why);
        }

        private String written() {
            ByteBuf out = channel.readOutbound();
            if (out == null) {
                return "";
            }
            String hex = ByteBufUtil.hexDump(out);
            out.release();
            return hex;
        }

        private Client greeted() {
            assertThat(written()).isEqualTo("050100");
            in(channel, "0500");
            assertThat(written()).as("one write of 47 octets").isEqualTo(CONNECT);
            assertThat(channel.<Object>readOutbound()).isNull();
            return this;
        }

        private String early() {
            ByteBuf octets = connection.take(new ChannelInboundHandlerAdapter());
            String hex = octets == null ? "" : ByteBufUtil.hexDump(octets);
            if (octets != null) {
                octets.release();
            }
            return hex;
        }

        private void finish() {
            if (connection != null) {
                connection.close();
            }
            channel.finishAndReleaseAll();
        }
    }

    /** Our stream host towards a target in the test's hands. */
    private static final class Server {
        private final EmbeddedChannel channel = new EmbeddedChannel(false, false);
        private Socks5Connection connection;
        private int finished;

        private Server() {
            Consumer<Socks5Connection> waiting = made -> connection = made;
            new ServerHandshake(
                            destination -> destination.equals(HASH) ? Optional.of(waiting) : Optional.empty(),
                            () -> finished++)
                    .install(channel);
            try {
                channel.register();
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            }
        }

        private String written() {
            StringBuilder all = new StringBuilder();
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                all.append(ByteBufUtil.hexDump(out));
                out.release();
            }
            return all.toString();
        }

        private void finish() {
            if (connection != null) {
                connection.close();
            }
            channel.finishAndReleaseAll();
        }
    }

    private static void in(EmbeddedChannel channel, String hex) {
        channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
    }

    private static void in(EmbeddedChannel channel, byte[] octets) {
        channel.writeInbound(Unpooled.wrappedBuffer(octets));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                REPLY,
                "05000001000000000000",
                "0500000100000000" + "1f90",
                "050000040000000000000000000000000000000000" + "00"
            })
    void anyReplyThatSaysSuccessIsOneAtEverySplit(String reply) {
        byte[] octets = HexFormat.of().parseHex(reply + "deadbeef");
        for (int cut = 1; cut < octets.length; cut++) {
            Client client = new Client().greeted();
            in(client.channel, Arrays.copyOfRange(octets, 0, cut));
            boolean whole = cut >= octets.length - 4;
            assertThat(client.connection != null).isEqualTo(whole);
            if (!whole) {
                in(client.channel, Arrays.copyOfRange(octets, cut, octets.length));
                assertThat(client.early()).isEqualTo("deadbeef");
            } else {
                assertThat(client.early()).isEqualTo("deadbeef".substring(0, 2 * (cut - (octets.length - 4))));
            }
            assertThat(client.failures).isEmpty();
            client.finish();
        }
    }

    @Test
    void aReplyOctetByOctetIsRead() {
        Client client = new Client().greeted();
        for (byte octet : HexFormat.of().parseHex(REPLY)) {
            assertThat(client.connection).isNull();
            in(client.channel, new byte[] {octet});
        }
        assertThat(client.connection).isNotNull();
        assertThat(client.channel.pipeline().names())
                .as("nothing of the handshake is left")
                .hasSize(1);
        client.finish();
    }

    @Test
    void aReplyOfTwoOctetsIsASuccessAfterAWhile() {
        Client client = new Client().greeted();
        in(client.channel, "0500");
        client.channel.advanceTimeBy(1_999, TimeUnit.MILLISECONDS);
        client.channel.runScheduledPendingTasks();
        assertThat(client.connection).isNull();
        client.channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        client.channel.runScheduledPendingTasks();
        assertThat(client.connection).isNotNull();
        assertThat(client.early()).isEmpty();
        client.finish();
    }

    @ParameterizedTest
    @ValueSource(strings = {"05", "0501", "050000", "0400"})
    void otherBeginningsOfAReplyAreNone(String beginning) {
        Client client = new Client().greeted();
        in(client.channel, beginning);
        client.channel.advanceTimeBy(10, TimeUnit.SECONDS);
        client.channel.runScheduledPendingTasks();
        assertThat(client.connection).isNull();
        client.channel.close();
        assertThat(client.failures).hasSize(1);
        client.finish();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0502000328" + HASH_HEX + "0000",
                "05010001000000000000",
                "04000001000000000000",
                "05000009000000000000"
            })
    void aReplyThatIsNoSuccessFailsAndCloses(String reply) {
        Client client = new Client().greeted();
        in(client.channel, reply);
        assertThat(client.connection).isNull();
        assertThat(client.failures).hasSize(1);
        assertThat(client.channel.isOpen()).isFalse();
        client.finish();
    }

    @ParameterizedTest
    @ValueSource(strings = {"05ff", "0502", "0400"})
    void aGreetingThatWantsMoreIsTheEnd(String greeting) {
        Client client = new Client();
        assertThat(client.written()).isEqualTo("050100");
        in(client.channel, greeting);
        assertThat(client.failures).hasSize(1);
        assertThat(client.channel.isOpen()).isFalse();
        client.finish();
    }

    @Test
    void ourStreamHostReadsEverySplitAndRepeatsTheDestination() {
        byte[] octets = HexFormat.of().parseHex("050100" + CONNECT);
        for (int cut = 1; cut < octets.length; cut++) {
            Server server = new Server();
            in(server.channel, Arrays.copyOfRange(octets, 0, cut));
            in(server.channel, Arrays.copyOfRange(octets, cut, octets.length));
            assertThat(server.written()).isEqualTo("0500" + REPLY);
            assertThat(server.connection).isNotNull();
            assertThat(server.finished).isEqualTo(1);
            assertThat(server.channel.pipeline().names()).hasSize(1);
            server.finish();
        }
    }

    @Test
    void ourStreamHostReadsATargetThatDoesNotWaitForAnswers() {
        Server server = new Server();
        in(server.channel, "050100" + CONNECT + "cafe");
        assertThat(server.written()).isEqualTo("0500" + REPLY);
        ByteBuf early = server.connection.take(new ChannelInboundHandlerAdapter());
        assertThat(ByteBufUtil.hexDump(early)).isEqualTo("cafe");
        early.release();
        server.finish();
    }

    @Test
    void ourStreamHostTakesAnOfferOfSeveralMethods() {
        Server server = new Server();
        in(server.channel, "05020002" + CONNECT);
        assertThat(server.written()).startsWith("0500");
        assertThat(server.connection).isNotNull();
        server.finish();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "050102",
                "0501000501000328" + "30303030303030303030303030303030303030303030303030303030303030303030303030303030"
                        + "0000",
                "0501000502000328" + HASH_HEX + "0000",
                "05010005010001" + "7f000001" + "0050",
                "0401",
                "47455420"
            })
    void whatIsNotExpectedIsRefusedAndClosed(String octets) {
        Server server = new Server();
        in(server.channel, octets);
        assertThat(server.connection).isNull();
        assertThat(server.finished).isEqualTo(1);
        assertThat(server.channel.isOpen()).isFalse();
        server.finish();
    }

    @Test
    void aWrongHashIsAnsweredWithReply02() {
        Server server = new Server();
        in(server.channel, "050100" + "0501000328" + "30".repeat(40) + "0000");
        assertThat(server.written()).isEqualTo("0500" + "0502000328" + "30".repeat(40) + "0000");
        server.finish();
    }

    /** Whatever octets come, in whatever pieces: no exception, one outcome, no buffer lost. */
    @Test
    void noOctetsBreakEitherSide() {
        Random random = new Random(1928);
        byte[] good = HexFormat.of().parseHex("050100" + CONNECT + "00112233");
        byte[] goodReply = HexFormat.of().parseHex("0500" + REPLY + "00112233");
        for (int i = 0; i < 1_500; i++) {
            boolean ofClient = random.nextBoolean();
            byte[] octets = mutant(ofClient ? goodReply : good, random);
            Client client = ofClient ? new Client() : null;
            Server server = ofClient ? null : new Server();
            EmbeddedChannel channel = ofClient ? client.channel : server.channel;
            for (int at = 0; at < octets.length && channel.isOpen(); ) {
                int next = Math.min(octets.length, at + 1 + random.nextInt(12));
                in(channel, Arrays.copyOfRange(octets, at, next));
                at = next;
            }
            channel.checkException();
            channel.close();
            if (ofClient) {
                assertThat(client.failures.size() + (client.connection == null ? 0 : 1))
                        .isEqualTo(1);
                client.finish();
            } else {
                assertThat(server.finished).isEqualTo(1);
                server.finish();
            }
        }
    }

    private static byte[] mutant(byte[] seed, Random random) {
        byte[] octets = Arrays.copyOf(seed, seed.length - random.nextInt(seed.length / 2));
        for (int i = random.nextInt(4); i > 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return octets;
    }
}
