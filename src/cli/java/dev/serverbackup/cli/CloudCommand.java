package dev.serverbackup.cli;

import dev.serverbackup.InvalidSettingsException;
import dev.serverbackup.local.EmulatorState;
import dev.serverbackup.local.Home;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.LocalFunctions;
import dev.serverbackup.local.LogFile;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetException;
import dev.serverbackup.local.fleet.FleetFile;
import dev.serverbackup.local.systemsmanager.SampleDocuments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The local cloud, until it is stopped. */
@Command(
        name = "cloud",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a local cloud for Server Backup on this machine, until Ctrl-C.",
            "It emulates OpsWorks CM, tagging, Run Command, EventBridge and DynamoDB, and runs the application, which"
                    + " events, a daily schedule and the follow-up's schedule invoke."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  server-backup cloud --speed 60 --state ~/cloud    an hour passes in a minute; the state is kept",
            "  server-backup cloud --backend systems-manager     the application backs up the managed nodes"
        })
final class CloudCommand implements Callable<Integer> {
    private static final int LAST_PORT = 65_535;

    @ParentCommand
    private ServerBackup program;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address it listens on (${DEFAULT-VALUE}).")
    private String bind;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description = "The port of all services but DynamoDB (${DEFAULT-VALUE}); 0: a free one.")
    private int port;

    @Option(names = "--dynamodb-port", paramLabel = "PORT", description = "DynamoDB's port. Default: the next one.")
    private Integer dynamoDbPort;

    @Option(
            names = "--fleet",
            paramLabel = "FILE",
            description = "The servers. Default: src/local/resources/fleet.json.")
    private Path fleet = Home.file("src/local/resources/fleet.json");

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "How fast the cloud's time passes; 60 makes an hour a minute.")
    private BigDecimal speed;

    @Option(names = "--state", paramLabel = "DIR", description = "Keep the state in this folder.")
    private Path state;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "opsworks-cm",
            description = "The backend: opsworks-cm or systems-manager (${DEFAULT-VALUE}).")
    private String backend;

    @Option(
            names = "--retained-backups",
            paramLabel = "RULES",
            defaultValue = "last 3",
            description = "Which backups retention keeps of each server, as RetainedBackups of the stack"
                    + " (${DEFAULT-VALUE}); 0: all. An account can have 50 backups.")
    private String retainedBackups;

    @Option(
            names = "--schedule",
            paramLabel = "HH:MM",
            defaultValue = "02:00",
            description = "When the daily schedule fires, in UTC (${DEFAULT-VALUE}); off: never.")
    private String schedule;

    @Option(
            names = "--functions",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether the application runs in it; --no-functions: only the services.")
    private boolean functions;

    @Override
    public Integer call() throws InterruptedException {
        try {
            checkOptions();
            Optional<FileChannel> lock = Optional.ofNullable(state).map(CloudCommand::lock);
            LocalCloud cloud = start();
            Optional<LocalFunctions> running = functions ? Optional.of(run(cloud)) : Optional.empty();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                running.ifPresent(LocalFunctions::close);
                cloud.close();
                lock.ifPresent(CloudCommand::unlock);
            }));
            program.screen().out().print(Greeting.of(cloud, backend, functions, log()));
            program.screen().flush();
        } catch (IllegalArgumentException
                | IllegalStateException
                | UncheckedIOException
                | FleetException
                | InvalidSettingsException e) {
            Optional<String> taken = advice(e);
            String why = "The local cloud did not start: " + e.getMessage() + taken.orElse("");
            program.screen().err().print(FindingsText.paragraph(why, program.screen()));
            return taken.isPresent() ? ServerBackup.FAILED : ServerBackup.USAGE;
        }
        // Until a signal ends the process.
        new CountDownLatch(1).await();
        return ServerBackup.OK;
    }

    private void checkOptions() {
        if (!Stream.of("opsworks-cm", "systems-manager").toList().contains(backend)) {
            throw new IllegalArgumentException(
                    "--backend is opsworks-cm or systems-manager, not '%s'".formatted(backend));
        }
        if (speed.signum() <= 0 || speed.compareTo(BigDecimal.valueOf(1_000_000)) >= 0) {
            throw new IllegalArgumentException("--speed is a number above 0 and below 1000000, not " + speed);
        }
        Optional<LocalTime> _ = slot();
    }

    private LocalCloud start() {
        int second = dynamoDbPort == null ? (port == 0 ? 0 : port + 1) : dynamoDbPort;
        Fleet servers = FleetFile.read(fleet);
        return LocalCloud.start(
                servers,
                EmulatorState.at(speed, Optional.ofNullable(state)),
                address("--port", port),
                address("--dynamodb-port", second));
    }

    /**
     * Two clouds with the same state folder would overwrite each other's state. The lock is also released when the
     * process ends.
     */
    private static FileChannel lock(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel file =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (file.tryLock() == null) {
                file.close();
                throw new IllegalArgumentException(
                        "another local cloud uses the folder %s; stop that one, or give another --state"
                                .formatted(folder));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder %s can't be used: %s".formatted(folder, e), e);
        }
    }

    private static void unlock(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the lock of --state can't be released", e);
        }
    }

    private LocalFunctions run(LocalCloud cloud) {
        // Must come before the logger is set up, since the logger writes to standard output.
        System.setOut(LogFile.open(log()));
        Map<String, String> settings = new HashMap<>(
                backend.equals("systems-manager") ? SampleDocuments.settings(cloud.commands()) : Map.of());
        settings.put("RETAINED_BACKUPS", retainedBackups);
        return cloud.runFunctions(settings, speed, slot(), System.err::println);
    }

    private Path log() {
        return state == null
                ? Home.work("cloud.log")
                : state.resolve("function.log").toAbsolutePath();
    }

    private Optional<LocalTime> slot() {
        try {
            return schedule.equals("off") ? Optional.empty() : Optional.of(LocalTime.parse(schedule));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "--schedule is a time such as 02:00, or off, not '%s'".formatted(schedule), e);
        }
    }

    private InetSocketAddress address(String option, int number) {
        if (number < 0 || number > LAST_PORT) {
            throw new IllegalArgumentException("%s is 0 to %d, not %d".formatted(option, LAST_PORT, number));
        }
        InetSocketAddress address = new InetSocketAddress(bind, number);
        if (address.isUnresolved()) {
            throw new IllegalArgumentException(
                    "--bind is an address of this machine, such as 127.0.0.1 or 0.0.0.0, not '%s'".formatted(bind));
        }
        return address;
    }

    /**
     * Which option to change: the type of the exception from {@link LocalCloud#start} says which address is not
     * available.
     */
    private static Optional<String> advice(RuntimeException e) {
        if (Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .noneMatch(BindException.class::isInstance)) {
            return Optional.empty();
        }
        return Optional.of("; %s names another port (0: any free one), --bind another address of this machine"
                .formatted(e instanceof IllegalStateException ? "--dynamodb-port" : "--port"));
    }
}
