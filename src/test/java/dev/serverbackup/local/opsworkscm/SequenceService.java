package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.opsworkscm.account.Server;
import java.time.Duration;
import java.time.Instant;

/** The service as random sequences call it. */
public final class SequenceService {

    private final ServiceUnderTest service;

    /** No server at first, small limits, no windows. */
    public SequenceService(int servers, int manualBackups) {
        this(Fleet.of().limited(new Limits(servers, manualBackups)));
    }

    private SequenceService(Fleet fleet) {
        service = new ServiceUnderTest(fleet);
    }

    /** With one server, and windows. */
    public static SequenceService keepingWindows(String serverName) {
        return new SequenceService(Fleet.of(FleetServer.named(serverName)).keepingWindows(true));
    }

    public Server server(String name) {
        return account().server(name).orElseThrow();
    }

    public JsonNode call(String operation, String input) {
        return service.call(operation, input);
    }

    public Account account() {
        return service.account;
    }

    public Instant now() {
        return service.clock.instant();
    }

    public void pass(Duration duration) {
        service.clock.move(duration);
    }

    /** Whether the server's backups fail from now on. */
    public void fail(String serverName, boolean fails) {
        account().servers();
        if (fails) {
            account().script().backupsFail(serverName, "No space left on device.");
        } else {
            account().script().backupsSucceed(serverName);
        }
    }

    public JsonNode updateAttribute(String serverName) {
        var attribute = isPuppet(serverName) ? "PUPPET_ADMIN_PASSWORD" : "CHEF_PIVOTAL_KEY";
        return call(
                "UpdateServerEngineAttributes",
                "{'ServerName': '%s', 'AttributeName': '%s', 'AttributeValue': 'x'}".formatted(serverName, attribute));
    }

    public JsonNode associate(String serverName, String node) {
        var attribute = isPuppet(serverName)
                ? "{'Name': 'PUPPET_NODE_CSR', 'Value': '%s'}"
                        .formatted(CustomServer.SIGNING_REQUEST.replace("\n", "\\n"))
                : "{'Name': 'CHEF_NODE_PUBLIC_KEY', 'Value': 'pem'}";
        return call(
                "AssociateNode",
                "{'ServerName': '%s', 'NodeName': '%s', 'EngineAttributes': [%s]}"
                        .formatted(serverName, node, attribute));
    }

    /** The server's ARN; where there is none, one that nobody has. */
    public String arn(String serverName) {
        return account()
                .server(serverName)
                .map(account().arns()::of)
                .orElse(account().arns().ofServer(serverName, "none"));
    }

    private boolean isPuppet(String serverName) {
        return account()
                .server(serverName)
                .filter(server -> server.attributes().engine().equals("Puppet"))
                .isPresent();
    }
}
