package dev.serverbackup.backup;

import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A backup service in memory that can be told to misbehave. */
public final class FakeBackupService implements BackupService {
    private static final BackupError LOST = BackupError.doubtful(ErrorType.NO_ANSWER, "the connection was lost");
    private static final BackupError UNAVAILABLE = BackupError.doubtful(ErrorType.SERVICE_UNAVAILABLE, "503");
    private static final BackupError THROTTLED = BackupError.known(ErrorType.THROTTLING, "rate exceeded");

    private static final int PAGE = 50;

    private final InstantSource clock;
    private final FakeServers servers;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final List<Sent> sent = new ArrayList<>();
    private Duration shownAfter = Duration.ZERO;
    private int failingLooks;
    private int failingLookups;
    private final List<ServerName> prepared = new ArrayList<>();
    private BooleanSupplier turnToPrepare = () -> true;
    private int looks;

    public FakeBackupService(InstantSource clock) {
        this.clock = clock;
        this.servers = new FakeServers(clock);
    }

    /** What can happen to one call. */
    public enum Fault {
        LOST_REQUEST,
        LOST_ANSWER,
        UNAVAILABLE_WITHOUT_EFFECT,
        UNAVAILABLE_WITH_EFFECT,
        THROTTLED,
        ACCESS_DENIED
    }

    /** A call that was transmitted. */
    public record Sent(ServerName server, String description, Instant at) {}

    public FakeServers servers() {
        return servers;
    }

    /** The next calls, one each. */
    public void misbehave(Fault... next) {
        faults.addAll(List.of(next));
    }

    public void showNewBackupsAfter(Duration delay) {
        shownAfter = delay;
    }

    public void failLooks(int next) {
        failingLooks = next;
    }

    /** The next looks at one backup by its id alone. */
    public void failLookups(int next) {
        failingLookups = next;
    }

    public synchronized List<Sent> sent() {
        return List.copyOf(sent);
    }

    public synchronized int looks() {
        return looks;
    }

    /** Of which servers something was to be read ahead, in order. */
    public synchronized List<ServerName> prepared() {
        return List.copyOf(prepared);
    }

    /** Asks for a turn as the last {@link #prepare} could have done. */
    public synchronized boolean takeTurnToPrepare() {
        return turnToPrepare.getAsBoolean();
    }

    @Override
    public synchronized void prepare(Collection<Server> ahead, BooleanSupplier turn) {
        ahead.forEach(server -> prepared.add(server.name()));
        turnToPrepare = turn;
    }

    @Override
    public synchronized BackupResult createBackup(Server server, String description, Instant sendBefore) {
        if (!clock.instant().isBefore(sendBefore)) {
            return new BackupResult.NotSent();
        }
        sent.add(new Sent(server.name(), description, clock.instant()));
        Fault fault = faults.poll();
        if (fault == null) {
            return servers.create(server.name(), description, shownAfter);
        }
        return switch (fault) {
            case LOST_REQUEST -> new BackupResult.Doubtful(LOST);
            case UNAVAILABLE_WITHOUT_EFFECT -> new BackupResult.Doubtful(UNAVAILABLE);
            case LOST_ANSWER -> withEffect(server.name(), description, LOST);
            case UNAVAILABLE_WITH_EFFECT -> withEffect(server.name(), description, UNAVAILABLE);
            case THROTTLED -> new BackupResult.Refused(THROTTLED);
            case ACCESS_DENIED ->
                new BackupResult.Refused(BackupError.known(ErrorType.ACCESS_DENIED, "not authorized"));
        };
    }

    private BackupResult withEffect(ServerName server, String description, BackupError answer) {
        servers.create(server, description, shownAfter);
        return new BackupResult.Doubtful(answer);
    }

    @Override
    public synchronized ListResult backupsOf(ServerName server, Instant since) {
        looks++;
        if (failingLooks > 0) {
            failingLooks--;
            return new ListResult.Unavailable(THROTTLED);
        }
        return servers.shown(server);
    }

    /** Fails as the other looks do. */
    @Override
    public synchronized FindResult backup(String backupId) {
        looks++;
        if (failingLookups > 0) {
            failingLookups--;
            return new FindResult.Unavailable(THROTTLED);
        }
        if (failingLooks > 0) {
            failingLooks--;
            return new FindResult.Unavailable(THROTTLED);
        }
        return servers.shown(backupId);
    }

    /** By pages of 50; each is a look. Those that are not shown yet are not listed either. */
    @Override
    public synchronized BackupStates states(Instant since, BooleanSupplier turn) {
        Map<String, Backup> listed = new HashMap<>();
        List<Backup> all = servers.all().stream()
                .filter(backup -> !backup.createdAt().isBefore(since))
                .toList();
        for (int from = 0; from < all.size() && turn.getAsBoolean(); from += PAGE) {
            looks++;
            all.subList(from, Math.min(from + PAGE, all.size())).stream()
                    .filter(backup -> servers.shown(backup.id()) instanceof FindResult.Found)
                    .forEach(backup -> listed.put(backup.id(), backup));
        }
        return new BackupStates(started -> Optional.ofNullable(listed.get(started.id())), Optional.empty());
    }
}
