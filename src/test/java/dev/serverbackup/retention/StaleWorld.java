package dev.serverbackup.retention;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.ForwardingFollowUpRepository;
import dev.serverbackup.audit.InMemoryAuditRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Two servers with a random past, seen through views that are stale and a service that loses requests and answers.
 * Every deletion that takes effect is judged at once.
 */
final class StaleWorld {
    private static final BackupError BUSY_DELETING = BackupError.known(ErrorType.INVALID_STATE, "DELETING");
    private static final BackupError LOST = BackupError.doubtful(ErrorType.NO_ANSWER, "lost");
    private static final BackupError DENIED = BackupError.known(ErrorType.ACCESS_DENIED, "denied");

    private static final Comparator<Backup> OLDEST_FIRST =
            Comparator.comparing(Backup::createdAt).thenComparing(Backup::id);

    final ManualClock clock = new ManualClock(TWO_O_CLOCK);
    final InMemoryAuditRepository audit = new InMemoryAuditRepository();
    final InMemoryFollowUpRepository repository = new InMemoryFollowUpRepository(audit);
    private final Random random;
    private final RetentionPolicy policy;
    private final Duration unit;
    private final TreeMap<String, Backup> backups = new TreeMap<>();
    private final Set<String> everGood = new HashSet<>();
    private final Map<ServerName, String> lastSuccess = new HashMap<>();
    private final List<List<Backup>> pastListings = new ArrayList<>();
    private final List<List<PastBackup>> pastHistories = new ArrayList<>();
    private boolean troubled = true;
    private int made;
    private int deletions;

    /** @param unit which times are counted in: minutes, or hours where days are to pass */
    StaleWorld(Random random, RetentionPolicy policy, Duration unit) {
        this.random = random;
        this.policy = policy;
        this.unit = unit;
    }

    /** From now on every view is fresh and every call does what it says. */
    void calm() {
        troubled = false;
    }

    /** How many have taken effect. */
    int deletions() {
        return deletions;
    }

    private boolean happens(double likely) {
        return troubled && random.nextDouble() < likely;
    }

    /** Something that may happen to a server: mostly a success. */
    void something(Server server) {
        switch (random.nextInt(8)) {
            case 0 -> ended(server, make(server, "AUTOMATED", BackupStatus.OK), Optional.empty());
            case 1 -> make(server, Backup.MANUAL, BackupStatus.OK);
            case 2 -> ended(server, make(server, Backup.MANUAL, BackupStatus.OK), Optional.of(BUSY));
            case 3 -> ended(server, make(server, Backup.MANUAL, BackupStatus.FAILED), Optional.empty());
            default -> success(server);
        }
    }

    Entry success(Server server) {
        Backup backup = make(server, Backup.MANUAL, BackupStatus.OK);
        everGood.add(backup.id());
        lastSuccess.put(server.name(), backup.id());
        return ended(server, backup, Optional.empty());
    }

    /** The backup that succeeded last, whenever it was created. */
    String lastSuccess(ServerName server) {
        return lastSuccess.get(server);
    }

    /** Its creation is mostly, but not always, later than that of the others: runs overtake each other. */
    private Backup make(Server server, String type, BackupStatus status) {
        clock.move(unit.multipliedBy(random.nextInt(3)));
        Instant created = clock.instant().minus(unit.multipliedBy(random.nextInt(4)));
        String id = server.name() + "-" + random.nextInt(1_000) + "-" + ++made;
        Backup backup = Backup.of(Map.of(
                Backup.ID,
                id,
                Backup.SERVER,
                server.name().value(),
                Backup.STATUS,
                status.name(),
                Backup.TYPE,
                type,
                Backup.CREATED,
                created.toString()));
        backups.put(id, backup);
        return backup;
    }

    private Entry ended(Server server, Backup backup, Optional<BackupError> failure) {
        clock.move(Duration.ofMillis(1));
        return RetentionScene.ended(audit, new RunId("run-" + made), server, backup, failure, clock.instant());
    }

    /** The good backups of a server that are still there, newest first. */
    List<String> good(ServerName server) {
        return backups.values().stream()
                .filter(backup -> backup.isOf(server) && everGood.contains(backup.id()))
                .filter(backup -> backup.status() == BackupStatus.OK)
                .sorted(OLDEST_FIRST.reversed())
                .map(Backup::id)
                .toList();
    }

    /** What every deletion keeps to, whatever went before. */
    private void judge(Backup deleted) {
        assertThat(everGood).as("only what succeeded").contains(deleted.id());
        assertThat(deleted.id()).as("not what has just succeeded").isNotEqualTo(lastSuccess(ALPHA.name()));
        assertThat(deleted.isManual()).as("no automated one").isTrue();
        assertThat(deleted.isOf(ALPHA.name())).as("no other server's").isTrue();
        assertThat(repository.deletingAt(deleted.id())).as("intended before").isPresent();
        assertThat(rulesKeep(deleted.id())).as("not what the rules keep").isFalse();
        assertThat(newer(deleted.id())).as("not the newest").isNotEmpty();
    }

    /** Whether they keep it beside the good backups that are still there. */
    boolean rulesKeep(String id) {
        return RetentionOracle.keeps(policy, backups.get(id).createdAt(), newer(id));
    }

    private List<Instant> newer(String id) {
        return good(ALPHA.name()).stream()
                .map(backups::get)
                .filter(one -> OLDEST_FIRST.compare(one, backups.get(id)) > 0)
                .map(Backup::createdAt)
                .toList();
    }

    private DeletionResult delete(String id) {
        if (happens(0.1)) {
            return new DeletionResult.Doubtful(LOST);
        }
        if (happens(0.1)) {
            return new DeletionResult.Refused(DENIED);
        }
        Backup backup = backups.get(id);
        if (backup == null) {
            return new DeletionResult.AlreadyGone();
        }
        if (backup.status() == BackupStatus.DELETING) {
            return new DeletionResult.InProgress(BUSY_DELETING);
        }
        judge(backup);
        deletions++;
        if (happens(0.5)) {
            backups.put(id, backup.with(Backup.STATUS, BackupStatus.DELETING.name()));
        } else {
            backups.remove(id);
        }
        return happens(0.1) ? new DeletionResult.Doubtful(LOST) : new DeletionResult.Deleted();
    }

    /** What was being deleted is gone. */
    void deletionsEnd() {
        backups.values().removeIf(backup -> backup.status() == BackupStatus.DELETING);
    }

    private ListResult listing(ServerName server) {
        List<Backup> now = new ArrayList<>(
                backups.values().stream().filter(backup -> backup.isOf(server)).toList());
        now.removeIf(_ -> happens(0.05));
        pastListings.add(now);
        if (happens(0.1)) {
            return new ListResult.Unavailable(LOST);
        }
        return new ListResult.Backups(happens(0.3) ? pastListings.get(random.nextInt(pastListings.size())) : now);
    }

    private List<PastBackup> index(ServerName server) {
        List<PastBackup> now = new ArrayList<>(repository.undeleted(server));
        now.removeIf(_ -> happens(0.05));
        pastHistories.add(now);
        return happens(0.3) ? pastHistories.get(random.nextInt(pastHistories.size())) : now;
    }

    /** The service, as one pass sees it: each call is two steps, so that others can act while it is under way. */
    BackupService service(Runnable step) {
        return new BackupService() {
            @Override
            public BackupResult createBackup(Server server, String description, Instant sendBefore) {
                throw new AssertionError("retention starts no backup");
            }

            @Override
            public ListResult backupsOf(ServerName server, Instant since) {
                step.run();
                ListResult seen = listing(server);
                step.run();
                return seen;
            }

            @Override
            public FindResult backup(String backupId) {
                step.run();
                Backup found = backups.get(backupId);
                return found == null ? new FindResult.Absent(LOST) : new FindResult.Found(found);
            }
        };
    }

    BackupDeletion deletion(Runnable step) {
        return new BackupDeletion() {
            @Override
            public DeletionResult delete(Backup backup, Optional<String> accepted) {
                step.run();
                DeletionResult result = StaleWorld.this.delete(backup.id());
                step.run();
                return result;
            }

            @Override
            public boolean listsAllBackups() {
                return true;
            }
        };
    }

    FollowUpRepository repository(Runnable step) {
        return new ForwardingFollowUpRepository(repository) {
            @Override
            public List<PastBackup> undeleted(ServerName server) {
                step.run();
                List<PastBackup> seen = index(server);
                step.run();
                return seen;
            }

            @Override
            public int countUndeleted(ServerName server, int atMost) {
                return Math.min(atMost, undeleted(server).size());
            }

            @Override
            public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
                step.run();
                return repository.intendDeletion(backup, at, rules);
            }

            @Override
            public void deleted(PastBackup backup, Instant at) {
                step.run();
                assertThat(backups.get(backup.backupId()))
                        .as("recorded as deleted only if it is, or is going to be")
                        .satisfiesAnyOf(
                                gone -> assertThat(gone).isNull(),
                                going -> assertThat(going.status()).isEqualTo(BackupStatus.DELETING));
                repository.deleted(backup, at);
            }

            @Override
            public void notDeleted(PastBackup backup, BackupError why) {
                step.run();
                repository.notDeleted(backup, why);
            }
        };
    }
}
