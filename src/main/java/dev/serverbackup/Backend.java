package dev.serverbackup;

import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.CommandTerms;
import dev.serverbackup.backup.Documents;
import dev.serverbackup.run.Terms;
import java.time.Duration;
import java.util.Optional;

/** Who carries the backups out: {@code BACKUP_BACKEND}. */
sealed interface Backend {
    /** As the rows of the audit table name it. */
    BackupBackend id();

    /** OpsWorks CM's own API; the default. */
    record OpsWorksCm() implements Backend {
        @Override
        public BackupBackend id() {
            return BackupBackend.OPSWORKS_CM;
        }
    }

    /**
     * Systems Manager's Run Command, on EC2 instances.
     *
     * @param terms {@code BACKUP_DOCUMENTS}, {@code DEFAULT_BACKUP_ENGINE}, {@code BACKUP_DESTINATION}, {@code
     *     DELIVERY_SECONDS}, {@code BACKUP_HOURS}, {@code BACKUPS_PER_SERVER}, {@code COMMAND_LOG_GROUP}
     */
    record RunCommand(CommandTerms terms) implements Backend {
        @Override
        public BackupBackend id() {
            return BackupBackend.SYSTEMS_MANAGER;
        }
    }

    /** Reads what the environment says of it; its faults are kept there, and then there may be nothing. */
    static Optional<Backend> read(Environment read, Optional<Terms> terms) {
        String name = read.text("BACKUP_BACKEND", "opsworks-cm");
        return switch (name) {
            case "opsworks-cm" -> Optional.of(new OpsWorksCm());
            case "systems-manager" -> systemsManager(read, terms);
            default -> {
                read.check(false, "BACKUP_BACKEND: opsworks-cm or systems-manager, not \"%s\"".formatted(name));
                yield Optional.empty();
            }
        };
    }

    private static Optional<Backend> systemsManager(Environment read, Optional<Terms> terms) {
        Optional<String> engine = read.given("DEFAULT_BACKUP_ENGINE");
        Optional<Documents> documents =
                read.parsed("BACKUP_DOCUMENTS", text -> Documents.parse(text, engine), "BACKUP_DOCUMENTS: ");
        String destination = read.text("BACKUP_DESTINATION", "/var/lib/server-backup/artefacts");
        Duration delivery = read.seconds("DELIVERY_SECONDS", 600, 30, 2_592_000);
        Duration execution = Duration.ofHours(read.number("BACKUP_HOURS", 6, 1, 48));
        int most = read.number("BACKUPS_PER_SERVER", 50, 1, 1000);
        Optional<String> logGroup = read.given("COMMAND_LOG_GROUP");
        terms.ifPresent(windows -> read.check(
                windows.completionWindow()
                                .compareTo(windows.startWindow().plus(delivery).plus(execution))
                        >= 0,
                "COMPLETION_WINDOW_HOURS: a command of a dead agent ends only after DELIVERY_SECONDS and BACKUP_HOURS;"
                        + " with START_WINDOW_MINUTES before them they do not fit in"));
        return documents.flatMap(pinned -> read.fitting(
                "BACKUP_DESTINATION: ",
                () -> new RunCommand(new CommandTerms(pinned, destination, delivery, execution, most, logGroup))));
    }
}
