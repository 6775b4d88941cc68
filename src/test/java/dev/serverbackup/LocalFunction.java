package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.LocalContext;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.Call;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.ScriptedFaults;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.BackupType;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import dev.serverbackup.local.opsworkscm.account.Tags;
import dev.serverbackup.run.RunReport;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The whole function on a local cloud of its own, one for each test: events in, reports out, over real HTTP. It waits
 * for no rate limit of ours unless told to. Every report is checked for what holds for all of them. Thread-safe once
 * built.
 */
final class LocalFunction implements AfterEachCallback {
    static final String CREATE = "CreateBackup";
    static final String DESCRIBE = "DescribeBackups";
    static final String TAGS = "GetResources";

    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(15);
    private static final Map<String, String> SETTINGS = Map.of(
            "AUDIT_TABLE",
            LocalCloud.AUDIT_TABLE,
            "DEFAULT_SELECTOR",
            LocalCloud.DEFAULT_SELECTOR,
            "CALLS_PER_SECOND",
            "1000",
            "CALL_BURST",
            "1000");

    private final LocalCloud cloud;
    private final Map<String, String> settings = new HashMap<>(SETTINGS);

    private LocalFunction(Fleet fleet) {
        cloud = LocalCloud.start(fleet);
    }

    /** Over these servers, without throttle, and with room for any number of backups. */
    static LocalFunction over(FleetServer... servers) {
        return over(Fleet.of(servers).unthrottled().limited(new Limits(servers.length, 10_000)));
    }

    static LocalFunction over(Fleet fleet) {
        return new LocalFunction(fleet);
    }

    LocalFunction with(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** Delivers an event to an execution environment of its own. */
    RunReport deliver(ScheduledEvent event) {
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        Application application = Application.of(Settings.from(settings), clock, cloud::configure);
        LocalContext context =
                new LocalContext(UUID.randomUUID().toString(), clock.instant().plus(FUNCTION_TIMEOUT), clock);
        BackupHandler handler = new BackupHandler(application);
        return PermissionCheck.as(Role.RUN, () -> Reports.consistent(handler.handleRequest(event, context)));
    }

    LocalCloud cloud() {
        return cloud;
    }

    ScriptedFaults faults() {
        return cloud.aws().faults();
    }

    AuditTable audit() {
        return new AuditTable(cloud.dynamoDb().client(), LocalCloud.AUDIT_TABLE);
    }

    /** The calls of an operation, in the order of arrival. */
    List<Call> calls(String operation) {
        return cloud.aws().calls().matching(CallPattern.of(operation));
    }

    /** The backups that somebody asked for, newest first. */
    List<StoredBackup> manualBackups() {
        return cloud.aws().backups().stream()
                .filter(backup -> backup.type() == BackupType.MANUAL)
                .toList();
    }

    /** Of which servers there are manual backups, a name for each backup. */
    List<String> backedUp() {
        return manualBackups().stream().map(StoredBackup::serverName).sorted().toList();
    }

    /** From now on the server has these tags, and no others. */
    void tag(String serverName, Map<String, String> tags) {
        account().put(server(serverName).tagged(Tags.of(tags)));
    }

    private StoredServer server(String name) {
        return account().server(name).orElseThrow();
    }

    private Account account() {
        return cloud.aws().account();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        cloud.close();
    }
}
