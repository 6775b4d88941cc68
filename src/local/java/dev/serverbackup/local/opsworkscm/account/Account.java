package dev.serverbackup.local.opsworkscm.account;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The servers and backups of one account in one region. Nothing runs in the background: what was due by now happens
 * whenever it is asked. Thread-safe; several steps that must be one are taken {@link #atOneMoment}.
 */
public final class Account {

    private final Arns arns;
    private final Limits limits;
    private final Durations durations;
    private final InstantSource clock;
    private final Script script = new Script();
    private final AccountState holdings = new AccountState();
    private final Transitions works;
    private final Timeline course;
    private Optional<Consumer<Snapshot>> keeper = Optional.empty();
    private Optional<Snapshot> kept = Optional.empty();
    private boolean momentHeld;

    public Account(Arns arns, Limits limits, Durations durations, InstantSource clock) {
        this.arns = arns;
        this.limits = limits;
        this.durations = durations;
        this.clock = clock;
        works = new Transitions(holdings, durations, script);
        course = new Timeline(holdings, works);
        holdings.reach(now());
    }

    public Arns arns() {
        return arns;
    }

    public Limits limits() {
        return limits;
    }

    public Durations durations() {
        return durations;
    }

    public Script script() {
        return script;
    }

    /** From now on automated backups and maintenance begin in the servers' windows. */
    public synchronized void keepWindows() {
        course.keepWindows();
    }

    /** The service's time; to the millisecond, like all its time stamps. It never goes back. */
    public synchronized Instant now() {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return momentHeld || now.isBefore(holdings.time()) ? holdings.time() : now;
    }

    /**
     * Lets happen what is due, then does {@code work}, during which time stands still and nothing else changes the account.
     */
    public synchronized <T> T atOneMoment(Supplier<T> work) {
        advance();
        momentHeld = true;
        try {
            return work.get();
        } finally {
            momentHeld = false;
            keeper.ifPresent(this::keep);
        }
    }

    /** What can be begun; only {@link #atOneMoment}. */
    public Transitions works() {
        return works;
    }

    public synchronized List<StoredServer> servers() {
        advance();
        return List.copyOf(holdings.servers().values());
    }

    public synchronized Optional<StoredServer> server(String name) {
        advance();
        return Optional.ofNullable(holdings.servers().get(name));
    }

    /** Adds the server, or replaces the one of that name. */
    public synchronized void put(StoredServer server) {
        holdings.put(server);
    }

    /** Everything that is not gone yet, newest first. */
    public synchronized List<StoredBackup> backups() {
        advance();
        return holdings.backups().newestFirst();
    }

    public synchronized Optional<StoredBackup> backup(String id) {
        advance();
        return holdings.backups().of(id);
    }

    /** Adds the backup, or replaces the one of that id. */
    public synchronized void put(StoredBackup backup) {
        holdings.backups().put(backup);
    }

    /** How many count towards the limit: all that are not gone, whatever their status. */
    public synchronized int manualBackups() {
        advance();
        return holdings.backups().manual();
    }

    /** What happened to a server, newest first. */
    public synchronized List<ServerEvent> events(String serverName) {
        advance();
        return holdings.events().of(serverName);
    }

    public synchronized Optional<Association> association(String token) {
        advance();
        return Optional.ofNullable(holdings.associations().get(token));
    }

    /** Keeps a backup from {@code createdAt} until {@code endsAt}, without touching the server. */
    public synchronized StoredBackup keepBackup(
            StoredServer server, BackupType type, String description, Instant createdAt, Instant endsAt, Tags tags) {
        advance();
        return works.keepBackup(server, type, description, createdAt, endsAt, tags);
    }

    /** Takes over what was kept; what was due since then happens. Only for an account that has nothing yet. */
    public synchronized void restore(Snapshot snapshot) {
        holdings.restore(snapshot);
    }

    /** Gives the keeper all that it has, now and whenever that has changed by a call. */
    public synchronized void keepIn(Consumer<Snapshot> newKeeper) {
        keeper = Optional.of(newKeeper);
        keep(newKeeper);
    }

    private void keep(Consumer<Snapshot> by) {
        var now = holdings.snapshot();
        if (kept.filter(now::holdsTheSame).isEmpty()) {
            by.accept(now);
            kept = Optional.of(now);
        }
    }

    private void advance() {
        if (!momentHeld) {
            course.runTo(now());
        }
    }
}
