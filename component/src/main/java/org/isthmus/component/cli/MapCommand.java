package org.isthmus.component.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.isthmus.component.config.GatewayConfig;
import org.isthmus.mappings.AddressLookUp;
import org.isthmus.mappings.AddressMapper;
import org.isthmus.mappings.Mapped;
import org.isthmus.mappings.UserSpelling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isthmus map}: what an address becomes, by which mapping, and why; or which rule refuses it. */
@Command(
        name = "map",
        description = {
            "Prints what each address becomes on the other network, by which mapping and why.",
            "An address with a scheme is a SIP URI, one without is a JID.",
            "Exit: 0 all mapped, 1 some refused, 64 usage, 78 configuration."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCodes.USAGE)
final class MapCommand implements Callable<Integer> {

    /** Some address was refused; the shell's usual "no". */
    static final int SOME_REFUSED = 1;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--batch",
            description = {
                "Reads one JSON object a line, {\"jid\": …} or {\"uri\": …}, and answers each with one line before it reads",
                "the next: {\"uri\": …, \"jid\": …, \"mapping\": …} or {\"error\": …, \"reason\": …}."
            })
    private boolean batch;

    @Parameters(paramLabel = "ADDRESS", description = "JIDs and SIP URIs.")
    private List<String> addresses = List.of();

    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;

    /** On the process's own streams, always UTF-8. */
    MapCommand() {
        this(System.in, System.out, System.err);
    }

    MapCommand(InputStream in, OutputStream out, OutputStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter print = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        PrintWriter complain = new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8));
        if (batch != addresses.isEmpty()) {
            complain.println("isthmus map: expected addresses, or --batch and none");
            complain.flush();
            return ExitCodes.USAGE;
        }
        Optional<GatewayConfig> loaded = config.loadWithoutSecrets(complain);
        if (loaded.isEmpty()) {
            return ExitCodes.CONFIGURATION;
        }
        AddressMapper mapper = new AddressMapper(loaded.get().mappings(), UserSpelling.none());
        if (batch) {
            new MapBatch(mapper).run(in, print);
            return ExitCodes.OK;
        }
        boolean allMapped = true;
        for (String address : addresses) {
            Mapped<AddressLookUp> mapped = TypedAddress.lookUp(mapper, address);
            allMapped &= mapped instanceof Mapped.Ok;
            String line = mapped.fold(
                    found -> address + " -> "
                            + (TypedAddress.isUri(address)
                                    ? found.jid().toString()
                                    : found.uri().toString()) + "  (mapping "
                            + found.mapping() + ": " + found.why() + ")",
                    (reason, detail) -> address + " -> refused  (" + reason + ": " + detail + ")");
            print.println(line);
        }
        print.flush();
        return allMapped ? ExitCodes.OK : SOME_REFUSED;
    }
}
