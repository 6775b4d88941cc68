package dev.serverbackup.local;

import dev.serverbackup.local.fleet.FleetException;
import dev.serverbackup.local.fleet.FleetFile;
import dev.serverbackup.local.fleet.StateFile;
import dev.serverbackup.local.systemsmanager.SampleDocuments;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Starts the local cloud, says how to reach it, and stays until it is stopped. */
public final class LocalCloudMain {
    private static final String FOR_SAM = """

        For sam local invoke: start this with -Dbind=0.0.0.0 and the default ports, for its container can't reach
        this machine's 127.0.0.1, and src/local/sam-local.json names those ports. Then

          sam build
          sam local invoke BackupFunction --env-vars src/local/sam-local.json --event events/scheduled.json

        """;

    private LocalCloudMain() {}

    /**
     * @param arguments {@code --bind}, {@code --port}, {@code --dynamodb-port}, {@code --fleet}, {@code --speed},
     *     {@code --state}
     */
    public static void main(String[] arguments) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            Options options = Options.of(arguments);
            String bind = options.text("bind");
            LocalCloud cloud = LocalCloud.start(
                    FleetFile.read(Path.of(options.text("fleet"))),
                    life(options),
                    new InetSocketAddress(bind, options.port("port")),
                    new InetSocketAddress(bind, options.port("dynamodb-port")));
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                cloud.close();
                stopped.countDown();
            }));
            out.print(greeting(cloud));
            stopped.await();
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException | FleetException e) {
            System.err.println("The local cloud did not start: " + e.getMessage());
            System.exit(2);
        }
    }

    private static Life life(Options options) {
        String speed = options.text("speed");
        if (!speed.matches("[0-9]{1,6}([.][0-9]{1,6})?")) {
            throw new IllegalArgumentException("speed is a number above 0, such as 60, not \"" + speed + "\"");
        }
        return Life.at(
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
