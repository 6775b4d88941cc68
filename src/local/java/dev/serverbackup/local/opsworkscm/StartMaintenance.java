package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.MaintenanceStatus;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import java.util.List;
import java.util.regex.Pattern;

/** Starts maintenance of a server, which begins with a backup; a Chef Automate 1 server may be upgraded by it. */
final class StartMaintenance implements Operation {

    private static final String UPGRADE = "CHEF_MAJOR_UPGRADE";
    private static final Pattern BOOLEAN = Pattern.compile("true|false");

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var name = input.required("ServerName", Shapes.SERVER_NAME);
        var attributes = EngineAttributes.read(input, "EngineAttributes", List.of(UPGRADE));
        if (attributes
                .of(UPGRADE)
                .filter(value -> !BOOLEAN.matcher(value).matches())
                .isPresent()) {
            input.refuse("Engine attribute '" + UPGRADE + "' is not valid: it is true or false");
        }
        input.verify(AwsErrorType.VALIDATION);

        var server = NotFound.unlessServer(name, account);
        var upgrade = attributes.of(UPGRADE).filter("true"::equals).isPresent();
        refuseUnlessReady(server, upgrade, account);
        var maintained =
                account.works().maintain(server, upgrade ? server.attributes().upgraded("2") : server.attributes());
        return Json.object().set("Server", Json.of(maintained, account));
    }

    /** Chef Automate 1 (its engine version was 12), after at least one maintenance that was successful. */
    static boolean isMajorUpgradeAvailable(StoredServer server) {
        return server.attributes().engine().equals(Engine.CHEF)
                && server.attributes().engineVersion().startsWith("12")
                && server.health()
                        .maintenance()
                        .filter(MaintenanceStatus.SUCCESS::equals)
                        .isPresent();
    }

    private static void refuseUnlessReady(StoredServer server, boolean upgrade, Account account) {
        if (!server.status(account.now()).allowsMaintenance()) {
            throw WrongState.of(server, account, "start maintenance of", "maintenance needs HEALTHY or UNHEALTHY");
        }
        if (upgrade && !isMajorUpgradeAvailable(server)) {
            throw new AwsError(
                    AwsErrorType.VALIDATION,
                    "Server '%s' cannot be upgraded: CHEF_MAJOR_UPGRADE_AVAILABLE is not among its engine attributes."
                            .formatted(server.name()));
        }
    }
}
