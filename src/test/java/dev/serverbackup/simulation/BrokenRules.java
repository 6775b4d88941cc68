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
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.Target;
import dev.serverbackup.audit.Verification;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
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
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private static final ListResult NOTHING = new ListResult.Backups(List.of());
    private static final Duration NEVER = Duration.ofDays(100_000);
    private static final Timeouts TIMEOUTS = Scenario.TIMEOUTS;

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

    private <T> void inEachProcess(
            String rule, Class<T> type, String method, BiFunction<Outside, Call<T>, Object> change) {
        rules.put(rule, off(broken -> {
            broken.inDeliveries = ways -> ways.change(type, method, call -> change.apply(ways, call));
            broken.inPasses = (ways, _) -> broken.inDeliveries.accept(ways);
        }));
    }

    /** @param change what comes of a request for a backup */
    private void requests(String rule, Function<Call<BackupService>, Object> change) {
        inEachProcess(rule, BackupService.class, "createBackup", (_, call) -> change.apply(call));
    }

    /** @param change what looks at a server's backups show */
    private void looks(String rule, BiFunction<Outside, ListResult, ListResult> change) {
        inEachProcess(
                rule, BackupService.class, "backupsOf", (ways, call) -> change.apply(ways, (ListResult) call.go()));
    }

    /** @param change what looks at a server's backups show of each */
    private void looksAtEach(String rule, UnaryOperator<Backup> change) {
        looks(rule, (_, seen) -> each(seen, change));
    }

    private void lateBy(String rule, Duration late) {
        requests(
                rule,
                call -> call.with(2, call.argument(2, Instant.class).plus(late)).go());
    }

    private void condition(String rule, SimulatedTable.Condition careless) {
        rules.put(rule, off(broken -> broken.condition = careless));
    }

    private void windows(String rule, Duration start, Duration completion) {
        Timeouts timeouts = new Timeouts(
                TIMEOUTS.callTimeout(),
                TIMEOUTS.visibilityDelay(),
                TIMEOUTS.lease(),
                TIMEOUTS.retryDelay(),
                start,
                completion);
        rules.put(rule, off(broken -> broken.timeouts = timeouts));
    }

    private void inPasses(String rule, BiConsumer<Outside, SimulatedSystem> change) {
        rules.put(rule, off(broken -> broken.inPasses = change));
    }

    private <T> void inPasses(
            String rule, Class<T> type, String method, BiFunction<Call<T>, SimulatedSystem, Object> change) {
        inPasses(rule, changed(type, method, change));
    }

    private <T> void inJudgedPasses(
            String rule, Class<T> type, String method, BiFunction<Call<T>, SimulatedSystem, Object> change) {
        rules.put(rule, judged(broken -> broken.inPasses = changed(type, method, change)));
    }

    private static <T> BiConsumer<Outside, SimulatedSystem> changed(
            Class<T> type, String method, BiFunction<Call<T>, SimulatedSystem, Object> change) {
        return (ways, system) -> ways.change(type, method, call -> change.apply(call, system));
    }

    private void ofRuns() {
        // Each delivery resolves anew and keeps to its own targets.
        inDeliveries(
                "1 run row first",
                ways -> ways.change(AuditRepository.class, "run", _ -> Optional.empty())
                        .change(AuditRepository.class, "open", call -> {
                            call.go();
                            return new CreateRunResult.Opened(call.argument(0, Run.class));
                        }));
        // An entry is written when its turn comes.
        rules.put(
                "2 entries before the first call",
                judged(broken -> broken.inDeliveries =
                        ways -> ways.change(AuditRepository.class, "createAll", BrokenRules::unwritten)
                                .change(AuditRepository.class, "replace", call -> {
                                    Entry seen = call.argument(0, Entry.class);
                                    if (seen.status() == EntryStatus.PENDING) {
                                        call.real()
                                                .create(Entry.pending(
                                                        seen.runId(),
                                                        BackupBackend.OPSWORKS_CM,
                                                        seen.server(),
                                                        seen.requestedAt()));
                                    }
                                    return call.go();
                                })));
        inDeliveries("3 the claim is written before the call", BrokenRules::keepClaimsUnwritten);
        condition(
                "3 one claim wins",
                (standing, seen, next) ->
                        (next.status() == EntryStatus.CALLING && next.error().isEmpty())
                                || SimulatedTable.Condition.real(standing, seen));
        inDeliveries(
                "3 a lease is respected",
                ways -> ways.change(
                                AuditRepository.class,
                                "entries",
                                call -> ((List<?>) call.go())
                                        .stream()
                                                .map(entry -> leaseOver((Entry) entry))
                                                .toList())
                        .change(
                                AuditRepository.class,
                                "entry",
                                call -> ((Optional<?>) call.go()).map(entry -> leaseOver((Entry) entry))));
        lateBy("3 look at the clock before sending", NEVER);
        lateBy("3 the lease outlasts the call", TIMEOUTS.callTimeout());
        lateBy("3 the lease outlasts the visibility delay", TIMEOUTS.visibilityDelay());
        requests("4 no blind retry", call -> {
            Object answer = call.go();
            return answer instanceof BackupResult.Doubtful ? call.go() : answer;
        });
        requests("4 only a typed 4xx proves anything", call -> {
            Object answer = call.go();
            return answer instanceof BackupResult.Doubtful(var error)
                    ? new BackupResult.Refused(error.withoutEffect())
                    : answer;
        });
        looks("5 look before acting", (_, _) -> NOTHING);
        looks("5 a failed look changes nothing", (_, seen) -> seen instanceof ListResult.Unavailable ? NOTHING : seen);
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
        looksAtEach("7 not of an older run", backup -> backup.with(Backup.CREATED, Timeline.START.toString()));
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
                (ways, seen) ->
                        ways.clock.instant().isAfter(Timeline.START.plus(TIMEOUTS.startWindow())) ? NOTHING : seen);
        windows("9 completion window", TIMEOUTS.startWindow(), NEVER);
    }

    /** A claim is kept in mind, and written with what came of the call. */
    private static void keepClaimsUnwritten(Outside ways) {
        AtomicReference<Entry> kept = new AtomicReference<>();
        ways.change(AuditRepository.class, "replace", call -> {
            Entry seen = call.argument(0, Entry.class);
            Entry next = call.argument(1, Entry.class);
            if (seen.status() == EntryStatus.PENDING && next.status() == EntryStatus.CALLING) {
                kept.set(seen);
                return new Replacement.Replaced(next);
            }
            Entry before = kept.getAndSet(null);
            boolean ownClaim = before != null && before.serverName().equals(next.serverName());
            return call.with(0, ownClaim ? before : seen).go();
        });
    }

    private static Entry leaseOver(Entry entry) {
        return entry.status() == EntryStatus.CALLING
                ? entry.takenOver(entry.attemptId().orElseThrow(), Instant.EPOCH)
                : entry;
    }

    /** The entries that were to be written. */
    private static Object unwritten(Call<AuditRepository> createAll) {
        return createAll.arguments().getFirst();
    }

    private void ofTheFollowUp() {
        inPasses(
                "2 the follow-up writes what a crash left unwritten",
                AuditRepository.class,
                "createAll",
                (call, _) -> unwritten(call));
        inPasses("5 the follow-up looks, too", BackupService.class, "backupsOf", (call, _) -> {
            call.go();
            return NOTHING;
        });
        lookUps(
                "10 vanished only after the visibility delay",
                (id, seen, system) -> seen instanceof FindResult.Absent
                        ? system.service
                                .backup(id)
                                .<FindResult>map(backup -> found(backup, BackupStatus.DELETING))
                                .orElse(seen)
                        : seen);
        lookUps(
                "10 a look that failed shows no absence",
                (_, seen, _) ->
                        seen instanceof FindResult.Unavailable(var error) ? new FindResult.Absent(error) : seen);
        lookUps(
                "10 DELETING counts as vanished",
                (_, seen, _) -> seen instanceof FindResult.Found(var backup) && backup.status() == BackupStatus.DELETING
                        ? found(backup, BackupStatus.OK)
                        : seen);
        inPasses(
                "11 no row leaves before its notification is accepted",
                NotificationPublisher.class,
                "send",
                (call, _) -> {
                    call.go();
                    return ((List<?>) call.arguments().getFirst())
                            .stream().map(sent -> ((Notification) sent).id()).collect(Collectors.toSet());
                });
        inJudgedPasses(
                "11 an entry has no expiry before its run has ended",
                FollowUpRepository.class,
                "markNotified",
                (call, _) -> {
                    Object marked = call.go();
                    if (call.arguments().getFirst() instanceof Entry entry) {
                        Instant at = call.argument(1, Instant.class).plus(Duration.ofDays(400));
                        call.real().expire(InMemoryFollowUpRepository.key(entry), at);
                    }
                    return marked;
                });
        inPasses(
                "11 a run leaves after its entries",
                FollowUpRepository.class,
                "withoutExpiry",
                (_, _) -> Optional.of(List.of()));
        inJudgedPasses("11 the index only finds keys", FollowUpRepository.class, "read", (call, system) -> {
            OpenRow row = call.argument(0, OpenRow.class);
            Object read = call.go();
            return read instanceof Row.Closed && !row.entry().equals(OpenRow.RUN)
                    ? new Row.OfEntry(system.table
                            .entry(
                                    new RunId(row.runId()),
                                    new ServerName(row.entry().substring("server#".length())))
                            .orElseThrow())
                    : read;
        });
        inPasses("11 a run is closed by its targets", FollowUpRepository.class, "read", (call, system) -> {
            Object read = call.go();
            return read instanceof Row.OfRun(Run run) ? new Row.OfRun(ofWritten(run, system.table)) : read;
        });
    }

    /** As if it had those targets only that have an entry. */
    private static Run ofWritten(Run run, AuditRepository table) {
        List<Target> written = run.targets().stream()
                .filter(target -> table.entry(run.runId(), target.name()).isPresent())
                .toList();
        return written.isEmpty()
                ? run
                : new Run(
                        run.runId(),
                        run.requestHash(),
                        run.canonicalRequest(),
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

    private interface LookUp {
        FindResult of(String id, FindResult seen, SimulatedSystem system);
    }

    private void lookUps(String rule, LookUp change) {
        inPasses(
                rule,
                BackupService.class,
                "backup",
                (call, system) -> change.of(call.argument(0, String.class), (FindResult) call.go(), system));
    }

    private static FindResult found(Backup backup, BackupStatus status) {
        return new FindResult.Found(backup.with(Backup.STATUS, status.name()));
    }

    private void ofRetention() {
        // All that the service has is taken for ours.
        inPasses(
                "retention: only what the audit knows",
                (ways, system) -> ways.change(
                                FollowUpRepository.class,
                                "undeleted",
                                call -> ofService(system.service, call.argument(0, ServerName.class)))
                        .change(FollowUpRepository.class, "intendDeletion", _ -> true));
        inPasses(
                "retention: of one server only",
                (ways, system) -> ways.change(
                                BackupService.class,
                                "backupsOf",
                                call -> ofAllServers(
                                        ways.servers, call.arguments().getFirst()))
                        .change(
                                FollowUpRepository.class,
                                "undeleted",
                                call -> system.fleet.stream()
                                        .flatMap(one -> call.real().undeleted(one.name()).stream())
                                        .map(past -> of(call.argument(0, ServerName.class), past))
                                        .toList())
                        .change(FollowUpRepository.class, "intendDeletion", call -> {
                            PastBackup past = call.argument(0, PastBackup.class);
                            ServerName own = system.service
                                    .backup(past.backupId())
                                    .map(backup -> new ServerName(
                                            (String) backup.members().get(Backup.SERVER)))
                                    .orElse(past.serverName());
                            return call.with(0, of(own, past)).go();
                        }));
        Instant pivot = Timeline.START.plus(Duration.ofDays(1));
        inPasses(
                "retention: the newest stay",
                BackupService.class,
                "backupsOf",
                (call, _) -> each((ListResult) call.go(), backup -> {
                    Instant mirrored = pivot.plus(Duration.between(backup.createdAt(), pivot));
                    return backup.with(Backup.CREATED, mirrored.toString());
                }));
        inJudgedPasses(
                "retention: the intention before the call", FollowUpRepository.class, "intendDeletion", (_, _) -> true);
        inPasses("retention: the deletion after the call", FollowUpRepository.class, "intendDeletion", (call, _) -> {
            Object intended = call.go();
            call.real().deleted(call.argument(0, PastBackup.class), call.argument(1, Instant.class));
            return intended;
        });
        inPasses("retention: only an accepted deletion is recorded", BackupDeletion.class, "delete", (call, _) -> {
            call.go();
            return new DeletionResult.Deleted();
        });
    }

    private static List<PastBackup> ofService(SimulatedService service, ServerName server) {
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

    private void ofVerificationAndSchedule() {
        inPasses(
                "verification: look before sending again",
                BackupOperations.class,
                "find",
                (_, _) -> new OperationResult.NotFound());
        inPasses("verification: one claim wins", VerificationRepository.class, "replace", (call, system) -> {
            Verification old = call.argument(0, Verification.class);
            return call.with(0, system.verifications.of(old.server()).orElse(old))
                    .go();
        });
        inPasses(
                "retention: what was verified last stays, what is spoiled does not count",
                VerificationRepository.class,
                "of",
                (_, _) -> Optional.empty());
        inPasses(
                "schedule: a slot's run has the id that its event would give it",
                (ways, _) -> ways.slotRequests = slot -> SimulatedSchedule.request(slot.plus(Duration.ofMinutes(1))));
        inPasses(
                "schedule: each slot since the last one is looked at",
                (ways, system) -> ways.change(
                                CheckpointRepository.class,
                                "read",
                                call -> ((Optional<?>) call.go())
                                        .map(one -> new Checkpoint(((Checkpoint) one).of(), system.timeline.instant())))
                        .change(CheckpointRepository.class, "replace", call -> {
                            Kind kind = call.argument(0, Kind.class);
                            return call.with(1, system.schedule.read(kind)).go();
                        }));
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
        inEachProcess("7 a line counts only when its command has ended", BackupService.class, "backup", (_, call) -> {
            Object seen = call.go();
            return seen instanceof FindResult.Found(var backup) && hasPrintedRefusal(backup)
                    ? new FindResult.Found(
                            FakeServers.failedAs(backup, ErrorType.INVALID_STATE.name(), "printed", false))
                    : seen;
        });
        rules.put("7 a document that refused refuses again", off(broken -> broken.documentForgetsRefusals = true));
    }

    private static boolean hasPrintedRefusal(Backup backup) {
        return backup.members().containsKey(SimulatedCommands.PRINTED_REFUSAL);
    }

    private static Backup beforeOthers(Backup backup) {
        return backup.with(
                Backup.CREATED, Timeline.START.plus(Duration.ofDays(30)).toString());
    }

    private static ListResult each(ListResult seen, UnaryOperator<Backup> change) {
        return seen instanceof ListResult.Backups(var backups)
                ? new ListResult.Backups(backups.stream().map(change).toList())
                : seen;
    }

    /** The backups of all servers, as if they were one's. */
    private static ListResult ofAllServers(FakeServers servers, Object server) {
        return new ListResult.Backups(servers.all().stream()
                .map(backup -> backup.with(Backup.SERVER, server))
                .toList());
    }
}
