package dev.serverbackup.simulation;

import static dev.serverbackup.simulation.BrokenRule.judged;
import static dev.serverbackup.simulation.BrokenRule.off;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditRepository.CreateRunResult;
import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.audit.Checkpoint;
import dev.serverbackup.audit.Checkpoint.Kind;
import dev.serverbackup.audit.CheckpointRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.ForwardingFollowUpRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.Target;
import dev.serverbackup.audit.Verification;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupStates;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.cli.restore.RestoreRule;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.run.Timeouts;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The rules of docs/reliability.md, each switched off alone; those of the follow-up and of retention in passes only.
 * Rules that spare no more than delay or calls are not here: the oldest row first; a bus that is down is not tried again
 * in the same pass; a run's final status is written only once, and its entries are read consistently (an older view
 * never shows an end that is none); a look that failed shows no backup that runs (either way an entry ends with its
 * effect unknown); an intended deletion does not count as kept, and is not intended again once it is recorded.
 */
final class BrokenRules {
    private static final Duration NEVER = Duration.ofDays(100_000);
    private static final Timeouts TERMS = Scenario.TERMS;

    private final Map<String, BrokenRule> rules = new LinkedHashMap<>();

    private BrokenRules() {}

    static Map<String, BrokenRule> all() {
        BrokenRules all = new BrokenRules();
        all.ofRuns();
        all.ofTheFollowUp();
        all.ofRetention();
        all.ofVerificationAndSchedule();
        return all.rules;
    }

    /** About commands that refuse after they were accepted, and about restores; two of the others show here, too. */
    static Map<String, BrokenRule> ofCommands() {
        BrokenRules commands = new BrokenRules();
        commands.ofRefusals();
        for (RestoreRule rule : RestoreRule.values()) {
            commands.rules.put(rule.toString(), judged(off -> off.withoutRules = Set.of(rule)));
        }
        for (String rule : List.of("4 no blind retry", "retention: only an accepted deletion is recorded")) {
            commands.rules.put(rule, all().get(rule));
        }
        return commands.rules;
    }

    private void inDeliveries(String rule, Consumer<Outside> change) {
        rules.put(rule, off(broken -> broken.inDeliveries = change));
    }

    private void inEachProcess(String rule, Consumer<Outside> change) {
        rules.put(rule, off(broken -> broken.inEachProcess = change));
    }

    /** What looks at a server's backups show. */
    private void looks(String rule, BiFunction<Outside, ListResult, ListResult> eyes) {
        inEachProcess(rule, ways -> ways.backups = looking(ways.backups, seen -> eyes.apply(ways, seen)));
    }

    /** What looks at a server's backups show of each. */
    private void looksAtEach(String rule, UnaryOperator<Backup> eyes) {
        looks(rule, (_, seen) -> each(seen, eyes));
    }

    private void lateBy(String rule, Duration late) {
        inEachProcess(
                rule,
                ways -> ways.backups = new ForwardingService(ways.backups) {
                    @Override
                    public BackupResult createBackup(Server server, String description, Instant sendBefore) {
                        return super.createBackup(server, description, sendBefore.plus(late));
                    }
                });
    }

    private void condition(String rule, SimulatedTable.Condition careless) {
        rules.put(rule, off(broken -> broken.condition = careless));
    }

    private void windows(String rule, Duration start, Duration completion) {
        Timeouts timeouts = new Timeouts(
                TERMS.callTimeout(), TERMS.visibilityDelay(), TERMS.lease(), TERMS.retryDelay(), start, completion);
        rules.put(rule, off(broken -> broken.timeouts = timeouts));
    }

    private void inPasses(String rule, BiConsumer<Outside, Stage> change) {
        rules.put(rule, off(broken -> broken.inPasses = change));
    }

    private void inJudgedPasses(String rule, BiConsumer<Outside, Stage> change) {
        rules.put(rule, judged(broken -> broken.inPasses = change));
    }

    private void ofRuns() {
        inDeliveries("1 run row first", ways -> ways.audit = new OwnTargets(ways.audit));
        rules.put(
                "2 entries before the first call",
                judged(broken -> broken.inDeliveries = ways -> ways.audit = new EntryWithItsClaim(ways.audit)));
        inDeliveries("3 the claim is written before the call", ways -> ways.audit = new ClaimUnwritten(ways.audit));
        condition(
                "3 one claim wins",
                (standing, seen, next) ->
                        (next.status() == EntryStatus.CALLING && next.error().isEmpty())
                                || SimulatedTable.Condition.real(standing, seen));
        inDeliveries("3 a lease is respected", ways -> ways.audit = new NoLease(ways.audit));
        lateBy("3 look at the clock before sending", NEVER);
        lateBy("3 the lease outlasts the call", TERMS.callTimeout());
        lateBy("3 the lease outlasts the visibility delay", TERMS.visibilityDelay());
        inEachProcess("4 no blind retry", ways -> ways.backups = new BlindRetry(ways.backups));
        inEachProcess("4 only a typed 4xx proves anything", ways -> ways.backups = new NoDoubt(ways.backups));
        looks("5 look before acting", (_, _) -> nothing());
        looks(
                "5 a failed look changes nothing",
                (_, seen) -> seen instanceof ListResult.Unavailable ? nothing() : seen);
        looksAtEach("7 the marker at the very end", backup -> {
            int end = backup.description().indexOf(']') + 1;
            return backup.with(Backup.DESCRIPTION, backup.description().substring(0, end));
        });
        looks(
                "7 the same server",
                (ways, seen) -> seen instanceof ListResult.Backups(var backups) && !backups.isEmpty()
                        ? ofAllServers(
                                ways.servers, backups.getFirst().members().get(Backup.SERVER))
                        : seen);
        looksAtEach("7 MANUAL only", backup -> backup.with(Backup.TYPE, Backup.MANUAL));
        looksAtEach("7 not of an older run", backup -> backup.with(Backup.CREATED, World.START.toString()));
        condition(
                "8 a write names the status",
                (standing, seen, _) -> standing.attemptId().equals(seen.attemptId()));
        condition("8 a write names the attempt", (standing, seen, _) -> standing.status() == seen.status());
        condition(
                "8 an end is written on its condition",
                (standing, seen, next) -> next.status().isFinal() || SimulatedTable.Condition.real(standing, seen));
        windows("9 start window", NEVER, NEVER.multipliedBy(2));
        looks(
                "9 a look before the window closes",
                (ways, seen) -> ways.clock.instant().isAfter(World.START.plus(TERMS.startWindow())) ? nothing() : seen);
        windows("9 completion window", TERMS.startWindow(), NEVER);
    }

    private void ofTheFollowUp() {
        inPasses(
                "2 the follow-up writes what a crash left unwritten",
                (ways, _) -> ways.audit = new ForwardingAuditRepository(ways.audit) {
                    @Override
                    public Entry create(Entry pending) {
                        return pending;
                    }
                });
        inPasses("5 the follow-up looks, too", (ways, _) -> ways.backups = looking(ways.backups, _ -> nothing()));
        inPasses(
                "10 vanished only after the visibility delay",
                (ways, stage) -> ways.backups = lookingUp(
                        ways.backups,
                        (id, seen) -> seen instanceof FindResult.Absent
                                ? stage.service
                                        .backup(id)
                                        .<FindResult>map(backup -> new FindResult.Found(
                                                backup.with(Backup.STATUS, BackupStatus.DELETING.name())))
                                        .orElse(seen)
                                : seen));
        inPasses(
                "10 a look that failed shows no absence",
                (ways, _) -> ways.backups = lookingUp(
                        ways.backups,
                        (_, seen) -> seen instanceof FindResult.Unavailable(var error)
                                ? new FindResult.Absent(error)
                                : seen));
        inPasses(
                "10 DELETING counts as vanished",
                (ways, _) -> ways.backups = lookingUp(
                        ways.backups,
                        (_, seen) ->
                                seen instanceof FindResult.Found(var backup) && backup.status() == BackupStatus.DELETING
                                        ? new FindResult.Found(backup.with(Backup.STATUS, BackupStatus.OK.name()))
                                        : seen));
        inPasses("11 no row leaves before its notification is accepted", (ways, _) -> {
            NotificationPublisher bus = ways.notifications;
            ways.notifications = (notifications, sendBefore) -> {
                bus.send(notifications, sendBefore);
                return notifications.stream().map(Notification::id).collect(Collectors.toSet());
            };
        });
        inJudgedPasses(
                "11 an entry has no expiry before its run has ended",
                (ways, _) -> ways.repository = new ForwardingFollowUpRepository(ways.repository) {
                    @Override
                    public void markNotified(Entry entry, Instant at) {
                        super.markNotified(entry, at);
                        super.expire(InMemoryFollowUpRepository.key(entry), at.plus(Duration.ofDays(400)));
                    }
                });
        inPasses(
                "11 a run leaves after its entries",
                (ways, _) -> ways.repository = new ForwardingFollowUpRepository(ways.repository) {
                    @Override
                    public Optional<List<OpenRow>> withoutExpiry(Run run) {
                        return Optional.of(List.of());
                    }
                });
        inJudgedPasses(
                "11 the index only finds keys",
                (ways, stage) -> ways.repository = new BelievesTheIndex(ways.repository, stage.table));
        inPasses(
                "11 a run is closed by its targets",
                (ways, stage) -> ways.repository = new ForgetsTargets(ways.repository, stage.table));
    }

    private void ofRetention() {
        inPasses(
                "retention: only what the audit knows",
                (ways, stage) -> ways.repository = new BelievesTheService(ways.repository, stage.service));
        inPasses("retention: of one server only", (ways, stage) -> {
            ways.backups = new ForwardingService(ways.backups) {
                @Override
                public ListResult backupsOf(ServerName server, Instant since) {
                    return ofAllServers(ways.servers, server.value());
                }
            };
            ways.repository = new OfAllServers(ways.repository, stage);
        });
        Instant pivot = World.START.plus(Duration.ofDays(1));
        inPasses(
                "retention: the newest stay",
                (ways, _) -> ways.backups = looking(
                        ways.backups,
                        seen -> each(
                                seen,
                                backup -> backup.with(
                                        Backup.CREATED,
                                        pivot.plus(Duration.between(backup.createdAt(), pivot))
                                                .toString()))));
        inJudgedPasses(
                "retention: the intention before the call",
                (ways, _) -> ways.repository = new ForwardingFollowUpRepository(ways.repository) {
                    @Override
                    public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
                        return true;
                    }
                });
        inPasses(
                "retention: the deletion after the call",
                (ways, _) -> ways.repository = new ForwardingFollowUpRepository(ways.repository) {
                    @Override
                    public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
                        boolean intended = super.intendDeletion(backup, at, rules);
                        super.deleted(backup, at);
                        return intended;
                    }
                });
        inPasses("retention: only an accepted deletion is recorded", (ways, _) -> {
            BackupDeletion real = ways.deletion;
            ways.deletion = new BackupDeletion() {
                @Override
                public DeletionResult delete(Backup backup, Optional<String> accepted) {
                    real.delete(backup, accepted);
                    return new DeletionResult.Deleted();
                }

                @Override
                public boolean listsAllBackups() {
                    return real.listsAllBackups();
                }
            };
        });
    }

    private void ofVerificationAndSchedule() {
        inPasses("verification: look before sending again", (ways, _) -> {
            BackupOperations real = ways.operations;
            ways.operations = new BackupOperations() {
                @Override
                public OperationResult.OfStart start(BackupOperation operation, Instant sendBefore) {
                    return real.start(operation, sendBefore);
                }

                @Override
                public OperationResult.OfLookup find(BackupOperation operation) {
                    return new OperationResult.NotFound();
                }

                @Override
                public OperationResult.OfLook state(BackupOperation operation, String startedAs) {
                    return real.state(operation, startedAs);
                }
            };
        });
        inPasses(
                "verification: one claim wins",
                (ways, stage) -> ways.verifications = new ForwardingVerificationRepository(ways.verifications) {
                    @Override
                    public boolean replace(Verification old, Verification next) {
                        return super.replace(
                                stage.verifications.of(old.server()).orElse(old), next);
                    }
                });
        inPasses(
                "retention: what was verified last stays, what is spoiled does not count",
                (ways, _) -> ways.verifications = new ForwardingVerificationRepository(ways.verifications) {
                    @Override
                    public Optional<Verification> of(ServerName server) {
                        return Optional.empty();
                    }
                });
        inPasses(
                "schedule: a slot's run has the id that its event would give it",
                (ways, _) -> ways.slotRequests = slot -> SimulatedSchedule.request(slot.plus(Duration.ofMinutes(1))));
        inPasses("schedule: each slot since the last one is looked at", (ways, stage) -> {
            CheckpointRepository real = ways.checkpoints;
            ways.checkpoints = new CheckpointRepository() {
                @Override
                public Optional<Checkpoint> read(Kind kind) {
                    return real.read(kind).map(one -> new Checkpoint(one.of(), stage.world.instant()));
                }

                @Override
                public boolean replace(Kind kind, Optional<Checkpoint> old, Checkpoint next) {
                    return real.replace(kind, real.read(kind), next);
                }
            };
        });
    }

    private void ofRefusals() {
        looksAtEach(
                "7 a refused command is never adopted",
                backup -> backup.isRefusedAfterwards()
                        ? beforeOthers(backup).with(Backup.STATUS, BackupStatus.IN_PROGRESS.name())
                        : backup);
        // Whether it is refused is still asked, but a list may be old.
        looksAtEach(
                "7 of a run's commands the newest is taken",
                backup -> hasPrintedRefusal(backup) ? beforeOthers(backup) : backup);
        inEachProcess(
                "7 a line counts only when its command has ended",
                ways -> ways.backups = lookingUp(
                        ways.backups,
                        (_, seen) -> seen instanceof FindResult.Found(var backup) && hasPrintedRefusal(backup)
                                ? new FindResult.Found(
                                        FakeServers.failedAs(backup, ErrorType.INVALID_STATE.name(), "printed", false))
                                : seen));
        rules.put("7 a document that refused refuses again", off(broken -> broken.documentForgetsRefusals = true));
    }

    private static boolean hasPrintedRefusal(Backup backup) {
        return backup.members().containsKey(SimulatedCommands.PRINTED_REFUSAL);
    }

    private static Backup beforeOthers(Backup backup) {
        return backup.with(Backup.CREATED, World.START.plus(Duration.ofDays(30)).toString());
    }

    private static ListResult nothing() {
        return new ListResult.Backups(List.of());
    }

    private static ListResult each(ListResult seen, UnaryOperator<Backup> eyes) {
        return seen instanceof ListResult.Backups(var backups)
                ? new ListResult.Backups(backups.stream().map(eyes).toList())
                : seen;
    }

    /** The backups of all servers, as if they were one's. */
    private static ListResult ofAllServers(FakeServers servers, Object server) {
        return new ListResult.Backups(servers.all().stream()
                .map(backup -> backup.with(Backup.SERVER, server))
                .toList());
    }

    private static BackupService looking(BackupService real, UnaryOperator<ListResult> eyes) {
        return new ForwardingService(real) {
            @Override
            public ListResult backupsOf(ServerName server, Instant since) {
                return eyes.apply(super.backupsOf(server, since));
            }
        };
    }

    private static BackupService lookingUp(BackupService real, BiFunction<String, FindResult, FindResult> eyes) {
        return new ForwardingService(real) {
            @Override
            public FindResult backup(String id) {
                return eyes.apply(id, super.backup(id));
            }
        };
    }

    private static class ForwardingService implements BackupService {
        private final BackupService real;

        ForwardingService(BackupService real) {
            this.real = real;
        }

        @Override
        public BackupResult createBackup(Server server, String description, Instant sendBefore) {
            return real.createBackup(server, description, sendBefore);
        }

        @Override
        public ListResult backupsOf(ServerName server, Instant since) {
            return real.backupsOf(server, since);
        }

        @Override
        public FindResult backup(String backupId) {
            return real.backup(backupId);
        }

        @Override
        public BackupStates states(Instant since, BooleanSupplier turn) {
            return real.states(since, turn);
        }
    }

    /** Sends once more when the effect is not known. */
    private static final class BlindRetry extends ForwardingService {
        BlindRetry(BackupService real) {
            super(real);
        }

        @Override
        public BackupResult createBackup(Server server, String description, Instant sendBefore) {
            BackupResult result = super.createBackup(server, description, sendBefore);
            return result instanceof BackupResult.Doubtful
                    ? super.createBackup(server, description, sendBefore)
                    : result;
        }
    }

    /** Takes every answer but success for a refusal. */
    private static final class NoDoubt extends ForwardingService {
        NoDoubt(BackupService real) {
            super(real);
        }

        @Override
        public BackupResult createBackup(Server server, String description, Instant sendBefore) {
            BackupResult result = super.createBackup(server, description, sendBefore);
            return result instanceof BackupResult.Doubtful(var error)
                    ? new BackupResult.Refused(error.withoutEffect())
                    : result;
        }
    }

    /** Each delivery resolves anew and keeps to its own targets. */
    private static final class OwnTargets extends ForwardingAuditRepository {
        OwnTargets(AuditRepository real) {
            super(real);
        }

        @Override
        public Optional<Run> run(RunId runId) {
            return Optional.empty();
        }

        @Override
        public CreateRunResult open(Run run) {
            super.open(run);
            return new CreateRunResult.Opened(run);
        }
    }

    /** An entry is written when its turn comes, not before the first call. */
    private static final class EntryWithItsClaim extends ForwardingAuditRepository {
        EntryWithItsClaim(AuditRepository real) {
            super(real);
        }

        @Override
        public Entry create(Entry pending) {
            return pending;
        }

        @Override
        public Replacement replace(Entry seen, Entry next) {
            if (seen.status() == EntryStatus.PENDING) {
                super.create(Entry.pending(seen.runId(), BackupBackend.OPSWORKS_CM, seen.server(), seen.requestedAt()));
            }
            return super.replace(seen, next);
        }
    }

    /** A claim is kept in mind, and written with what came of the call. */
    private static final class ClaimUnwritten extends ForwardingAuditRepository {
        private Entry before;

        ClaimUnwritten(AuditRepository real) {
            super(real);
        }

        @Override
        public Replacement replace(Entry seen, Entry next) {
            if (seen.status() == EntryStatus.PENDING && next.status() == EntryStatus.CALLING) {
                before = seen;
                return new Replacement.Replaced(next);
            }
            boolean ownClaim = before != null && before.serverName().equals(next.serverName());
            Entry standing = ownClaim ? before : seen;
            before = null;
            return super.replace(standing, next);
        }
    }

    /** Every lease seems to be over. */
    private static final class NoLease extends ForwardingAuditRepository {
        NoLease(AuditRepository real) {
            super(real);
        }

        private static Entry over(Entry entry) {
            return entry.status() == EntryStatus.CALLING
                    ? entry.takenOver(entry.attemptId().orElseThrow(), Instant.EPOCH)
                    : entry;
        }

        @Override
        public List<Entry> entries(RunId runId) {
            return super.entries(runId).stream().map(NoLease::over).toList();
        }

        @Override
        public Optional<Entry> entry(RunId runId, ServerName server) {
            return super.entry(runId, server).map(NoLease::over);
        }
    }

    /** Takes each row that the index shows for an open one. */
    private static final class BelievesTheIndex extends ForwardingFollowUpRepository {
        private final AuditRepository table;

        BelievesTheIndex(FollowUpRepository real, AuditRepository table) {
            super(real);
            this.table = table;
        }

        @Override
        public Row read(OpenRow row) {
            Row read = super.read(row);
            if (!(read instanceof Row.Closed) || row.entry().equals(OpenRow.RUN)) {
                return read;
            }
            ServerName server = new ServerName(row.entry().substring("server#".length()));
            return new Row.OfEntry(table.entry(new RunId(row.runId()), server).orElseThrow());
        }
    }

    /** Takes a run whose entries are final, as many as there are, for one that has ended. */
    private static final class ForgetsTargets extends ForwardingFollowUpRepository {
        private final AuditRepository table;

        ForgetsTargets(FollowUpRepository real, AuditRepository table) {
            super(real);
            this.table = table;
        }

        @Override
        public Row read(OpenRow row) {
            return super.read(row) instanceof Row.OfRun(Run run) ? new Row.OfRun(ended(run)) : super.read(row);
        }

        private Run ended(Run run) {
            List<Target> written = run.targets().stream()
                    .filter(target -> table.entry(run.runId(), target.name()).isPresent())
                    .toList();
            return written.isEmpty()
                    ? run
                    : new Run(
                            run.runId(),
                            run.requestHash(),
                            run.asked(),
                            run.description(),
                            run.requestedBy(),
                            run.backend(),
                            run.selector(),
                            written,
                            run.excluded(),
                            run.skipped(),
                            run.status(),
                            run.counts(),
                            run.requestedAt());
        }
    }

    /** Takes all that the service has for ours. */
    private static final class BelievesTheService extends ForwardingFollowUpRepository {
        private final SimulatedService service;

        BelievesTheService(FollowUpRepository real, SimulatedService service) {
            super(real);
            this.service = service;
        }

        @Override
        public List<PastBackup> undeleted(ServerName server) {
            return service.servers.all().stream()
                    .filter(backup -> backup.isOf(server))
                    .map(backup -> new PastBackup(
                            new RunId("whichever"),
                            server,
                            BackupBackend.OPSWORKS_CM,
                            backup,
                            backup.createdAt(),
                            false,
                            Optional.empty()))
                    .toList();
        }

        @Override
        public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
            return true;
        }
    }

    /** Takes every server's backups for those of the one that is asked for. */
    private static final class OfAllServers extends ForwardingFollowUpRepository {
        private final Stage stage;

        OfAllServers(FollowUpRepository real, Stage stage) {
            super(real);
            this.stage = stage;
        }

        @Override
        public List<PastBackup> undeleted(ServerName server) {
            return stage.fleet.stream()
                    .flatMap(one -> super.undeleted(one.name()).stream())
                    .map(past -> of(server, past))
                    .toList();
        }

        @Override
        public boolean intendDeletion(PastBackup past, Instant at, String rules) {
            ServerName own = stage.service
                    .backup(past.backupId())
                    .map(backup -> new ServerName((String) backup.members().get(Backup.SERVER)))
                    .orElse(past.serverName());
            return super.intendDeletion(of(own, past), at, rules);
        }

        private static PastBackup of(ServerName server, PastBackup past) {
            return new PastBackup(
                    past.runId(),
                    server,
                    past.backend(),
                    past.backup(),
                    past.finishedAt(),
                    past.isDeletionIntended(),
                    past.deletionId());
        }
    }
}
