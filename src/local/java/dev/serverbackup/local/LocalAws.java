package dev.serverbackup.local;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetLoader;
import dev.serverbackup.local.fleet.Listing;
import dev.serverbackup.local.fleet.StateFile;
import dev.serverbackup.local.http.AwsJsonServer;
import dev.serverbackup.local.http.CallLog;
import dev.serverbackup.local.http.ScriptedFaults;
import dev.serverbackup.local.http.Service;
import dev.serverbackup.local.http.WebPages;
import dev.serverbackup.local.lambda.Lambda;
import dev.serverbackup.local.opsworkscm.OpsWorksCm;
import dev.serverbackup.local.opsworkscm.Throttle;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.page.FaultsPage;
import dev.serverbackup.local.page.StatePage;
import dev.serverbackup.local.tagging.Tagging;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * OpsWorks CM and the Resource Groups Tagging API on one port of this machine, for the real SDK clients, the AWS CLI
 * and boto3, and a page for people. Its state is in memory, unless a folder is given. Thread-safe.
 */
public final class LocalAws implements AutoCloseable {

    private final Account account;
    private final Throttle throttle;
    private final ScriptedFaults faults = new ScriptedFaults();
    private final CallLog calls = new CallLog();
    private final Lambda lambda = new Lambda();
    private final List<Service> targets;
    private final List<WebPages> pages = new CopyOnWriteArrayList<>();
    private final AwsJsonServer server;

    /**
     * Ready to {@link #start}, with the fleet's servers in their present state.
     *
     * @param clock the services' time: states and limits on calls follow it
     * @param bind the address to listen on, such as {@code 127.0.0.1} or {@code 0.0.0.0}
     * @param port 0 takes any free one
     * @param others further services on the same port
     */
    public LocalAws(Fleet fleet, InstantSource clock, String bind, int port, Service... others) {
        this(fleet, EmulatorState.in(clock), bind, port, others);
    }

    /** The same, but a saved state takes the place of the fleet's servers. */
    public LocalAws(Fleet fleet, EmulatorState life, String bind, int port, Service... others) {
        account = new Account(fleet.arns(), fleet.limits(), fleet.durations(), life.time());
        FleetLoader.into(account, fleet, life.file().flatMap(StateFile::read));
        life.file().ifPresent(file -> account.keepIn(file::write));
        throttle = new Throttle(life.callers());
        var tagging = new Throttle(life.callers());
        fleet.rate().ifPresent(rate -> {
            throttle.allow(rate.requestsPerSecond(), rate.burst());
            tagging.allow(Tagging.REQUESTS_PER_SECOND, Tagging.REQUESTS_PER_SECOND);
        });
        var services = Stream.of(
                new OpsWorksCm(account, throttle),
                new Tagging(new Listing(account, fleet), life.callers(), tagging::admits));
        targets = Stream.concat(services, Stream.of(others)).toList();
        fleet.faultsInto(faults, operationNames());
        pages.addAll(List.of(new StatePage(account, calls), new FaultsPage(faults, operationNames()), lambda));
        server = new AwsJsonServer(bind, port, targets, faults, calls, life.callers(), site());
    }

    /** A started one, on a free port of the loopback address. */
    public static LocalAws started(Fleet fleet, InstantSource clock, Service... others) {
        var aws = new LocalAws(fleet, clock, "127.0.0.1", 0, others);
        aws.start();
        return aws;
    }

    private WebPages site() {
        return new WebPages() {
            @Override
            public Optional<Shown> at(String path) {
                return first(page -> page.at(path));
            }

            @Override
            public Optional<Shown> posted(Post post) {
                return first(page -> page.posted(post));
            }
        };
    }

    private Optional<WebPages.Shown> first(Function<WebPages, Optional<WebPages.Shown>> shown) {
        return pages.stream().map(shown).flatMap(Optional::stream).findFirst();
    }

    /** Adds pages. */
    void show(WebPages others) {
        // Before the existing ones, since it is more specific.
        pages.addFirst(others);
    }

    /** Functions that can be invoked directly. */
    Lambda lambda() {
        return lambda;
    }

    /** Starts to listen. */
    public void start() {
        server.start();
    }

    /** Where clients reach it; only once started. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** Every operation that is answered, as {@code X-Amz-Target} names it. */
    public Stream<String> operations() {
        return targets.stream()
                .flatMap(target -> target.operations().stream().map(operation -> target.prefix() + "." + operation));
    }

    /** The scripted faults. */
    public ScriptedFaults faults() {
        return faults;
    }

    /** The log of calls. */
    public CallLog calls() {
        return calls;
    }

    public Throttle throttle() {
        return throttle;
    }

    /** The account of OpsWorks CM, and its script. */
    public Account account() {
        return account;
    }

    /** All backups that the service holds, shown by DescribeBackups or not, newest first. */
    public List<StoredBackup> backups() {
        return account.backups();
    }

    /** The backups of one server, newest first. */
    public List<StoredBackup> backups(String serverName) {
        return backups().stream()
                .filter(backup -> backup.serverName().equals(serverName))
                .toList();
    }

    private Set<String> operationNames() {
        return operations().map(LocalAws::withoutPrefix).collect(Collectors.toSet());
    }

    private static String withoutPrefix(String operation) {
        return operation.substring(operation.indexOf('.') + 1);
    }

    /** Ends at once and frees the port. */
    @Override
    public void close() {
        server.close();
    }
}
