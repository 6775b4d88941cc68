package dev.serverbackup.local;

import dev.serverbackup.local.fleet.FleetException;
import dev.serverbackup.local.fleet.FleetFile;
import dev.serverbackup.local.fleet.StateFile;
import dev.serverbackup.local.systemsmanager.SampleDocuments;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Starts the local cloud, says how to reach it, and stays until it is stopped. */
public final class LocalCloudMain {
    private static final Set<String> OPTIONS = Set.of("bind", "port", "dynamodb.port", "fleet", "speed", "state");

    private static final String FOR_SAM = """

        For sam local invoke: start this with -Dbind=0.0.0.0 and the default ports, for its container can't reach
        this machine's 127.0.0.1, and src/local/sam-local.json names those ports. Then

          sam build
          sam local invoke BackupFunction --env-vars src/local/sam-local.json --event events/scheduled.json

        """;

    private LocalCloudMain() {}

    /**
     * @param arguments {@code --bind}, {@code --port}, {@code --dynamodb.port}, {@code --fleet}, {@code --speed},
     *     {@code --state}
     */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            Options options = Options.of(OPTIONS, arguments);
            LocalCloud cloud = LocalCloud.start(
                    FleetFile.read(Path.of(options.text("fleet"))),
                    life(options),
                    address(options, "port"),
                    address(options, "dynamodb.port"));
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                cloud.close();
                stopped.countDown();
            }));
            out.print(greeting(cloud));
            stopped.await();
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException | FleetException e) {
            System.err.println("The local cloud did not start: " + e.getMessage() + advice(e));
            System.exit(2);
        }
    }

    private static InetSocketAddress address(Options options, String port) {
        InetSocketAddress address = new InetSocketAddress(options.text("bind"), options.port(port));
        if (address.isUnresolved()) {
            throw Options.refused(
                    "bind", "an address of this machine, such as 127.0.0.1 or 0.0.0.0", options.text("bind"));
        }
        return address;
    }

    /** Which option mends it: {@link LocalCloud#start} says by its exceptions which address can't be had. */
    private static String advice(RuntimeException e) {
        if (Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .noneMatch(BindException.class::isInstance)) {
            return "";
        }
        return "; -D%s=… names another port (0: any free one), -Dbind=… another address of this machine"
                .formatted(e instanceof IllegalStateException ? "dynamodb.port" : "port");
    }

    private static EmulatorState life(Options options) {
        String speed = options.text("speed");
        if (!speed.matches("[0-9]{1,6}([.][0-9]{1,6})?")) {
            throw Options.refused("speed", "a number above 0, such as 60", speed);
        }
        return EmulatorState.at(
                new BigDecimal(speed), options.given("state").map(Path::of).map(StateFile::new));
    }

    private static String greeting(LocalCloud cloud) {
        StringBuilder text = new StringBuilder("The local cloud is up; Ctrl-C stops it.\n\n");
        text.append("All but DynamoDB         ").append(cloud.aws().endpoint()).append('\n');
        text.append("A page for people        ").append(cloud.aws().endpoint()).append("/\n");
        text.append("DynamoDB                 ")
                .append(cloud.dynamoDb().endpoint())
                .append('\n');
        text.append("Audit table              ").append(LocalCloud.AUDIT_TABLE).append("\n\n");
        text.append("For the SDKs and a current AWS CLI:\n\n");
        cloud.environment("127.0.0.1").forEach((name, value) -> text.append("  export %s=%s%n".formatted(name, value)));
        text.append("\nFor the function, to have the instances backed up by Run Command:\n\n");
        SampleDocuments.settings(cloud.commands())
                .forEach((name, value) -> text.append("  export %s=%s%n".formatted(name, value)));
        return text.append(FOR_SAM).toString();
    }
}
