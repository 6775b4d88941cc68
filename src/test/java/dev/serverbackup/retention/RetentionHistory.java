package dev.serverbackup.retention;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.ForwardingFollowUpRepository;
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
import dev.serverbackup.run.RunDependencies;
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
 * Two servers with random backups, seen through views that are stale and a service that loses requests and answers. Every
 * deletion that takes effect is judged at once.
 */
final class RetentionHistory {
    private static final BackupError BUSY_DELETING = BackupError.known(ErrorType.INVALID_STATE, "DELETING");
    private static final BackupError LOST = BackupError.doubtful(ErrorType.NO_ANSWER, "lost");
    private static final BackupError DENIED = BackupError.known(ErrorType.ACCESS_DENIED, "denied");

    private static final Comparator<Backup> OLDEST_FIRST =
            Comparator.comparing(Backup::createdAt).thenComparing(Backup::id);

    final InMemoryApplication app;
    private final Random random;
    private final Duration unit;
    private final TreeMap<String, Backup> backups = new TreeMap<>();
    private final Set<String> everGood = new HashSet<>();
    private final Map<ServerName, String> lastSuccess = new HashMap<>();
    private final List<List<Backup>> pastListings = new ArrayList<>();
    private final List<List<PastBackup>> pastHistories = new ArrayList<>();
    private boolean troubled = true;
    private int made;
    int deletions;

    /** @param unit which times are counted in: minutes, or hours where days are to pass */
    RetentionHistory(Random random, RetentionPolicy policy, Duration unit) {
        app = new InMemoryApplication(policy);
        this.random = random;
        this.unit = unit;
    }

    /** From now on every view is fresh and every call does what it says. */
    void endTroubles() {
        troubled = false;
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

    /** What the rules keep of alpha's, and what has just succeeded, however old its creation makes it; newest first. */
    List<String> kept() {
        return good(ALPHA.name()).stream()
                .filter(id -> rulesKeep(id) || id.equals(lastSuccess.get(ALPHA.name())))
                .toList();
    }

    /** Its creation is mostly, but not always, later than that of the others: runs overtake each other. */
    private Backup make(Server server, String type, BackupStatus status) {
        app.clock.move(unit.multipliedBy(random.nextInt(3)));
        Instant created = app.now().minus(unit.multipliedBy(random.nextInt(4)));
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
        app.clock.move(Duration.ofMillis(1));
        return InMemoryApplication.ended(app.audit, new RunId("run-" + made), server, backup, failure, app.now());
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
        assertThat(deleted.id()).as("not what has just succeeded").isNotEqualTo(lastSuccess.get(ALPHA.name()));
        assertThat(deleted.isManual()).as("no automated one").isTrue();
        assertThat(deleted.isOf(ALPHA.name())).as("no other server's").isTrue();
        assertThat(app.repository.deletingAt(deleted.id()))
                .as("intended before")
                .isPresent();
        assertThat(rulesKeep(deleted.id())).as("not what the rules keep").isFalse();
        assertThat(newer(deleted.id())).as("not the newest").isNotEmpty();
    }

    /** Whether they keep it beside the good backups that are still there. */
    private boolean rulesKeep(String id) {
        return RetentionOracle.keeps(app.policy, backups.get(id).createdAt(), newer(id));
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
        List<Backup> seen = stale(
                backups.values().stream().filter(backup -> backup.isOf(server)).toList(), pastListings);
        return happens(0.1) ? new ListResult.Unavailable(LOST) : new ListResult.Backups(seen);
    }

    /** Mostly what there is now, but for a little; or what was seen at any time before. */
    private <T> List<T> stale(List<T> now, List<List<T>> before) {
        before.add(now.stream().filter(_ -> !happens(0.05)).toList());
        return happens(0.3) ? before.get(random.nextInt(before.size())) : before.getLast();
    }

    /** Whose every step is told before it is done. */
    Retention retention(Runnable step) {
        RunDependencies usual = app.dependencies();
        RunDependencies dependencies = new RunDependencies(
                usual.audit(),
                usual.backend(),
                service(step),
                usual.timeouts(),
                usual.backoff(),
                usual.clock(),
                usual.attemptIds(),
                usual.metrics());
        return app.retention(
                dependencies, repository(step), app.policy, deletion(step), app.deadline(Duration.ofMinutes(5)));
    }

    /** The service, as one pass sees it: each call is two steps, so that others can act while it is under way. */
    private BackupService service(Runnable step) {
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

    private BackupDeletion deletion(Runnable step) {
        return new BackupDeletion() {
            @Override
            public DeletionResult delete(Backup backup, Optional<String> accepted) {
                step.run();
                DeletionResult result = RetentionHistory.this.delete(backup.id());
                step.run();
                return result;
            }

            @Override
            public boolean listsAllBackups() {
                return true;
            }
        };
    }

    private FollowUpRepository repository(Runnable step) {
        return new ForwardingFollowUpRepository(app.repository) {
            @Override
            public List<PastBackup> undeleted(ServerName server) {
                step.run();
                List<PastBackup> seen = stale(real.undeleted(server), pastHistories);
                step.run();
                return seen;
            }

            @Override
            public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
                step.run();
                return real.intendDeletion(backup, at, rules);
            }

            @Override
            public void deleted(PastBackup backup, Instant at) {
                step.run();
                assertThat(backups.get(backup.backupId()))
                        .as("recorded as deleted only if it is, or is going to be")
                        .satisfiesAnyOf(
                                gone -> assertThat(gone).isNull(),
                                going -> assertThat(going.status()).isEqualTo(BackupStatus.DELETING));
                real.deleted(backup, at);
            }

            @Override
            public void notDeleted(PastBackup backup, BackupError why) {
                step.run();
                real.notDeleted(backup, why);
            }
        };
    }
}
