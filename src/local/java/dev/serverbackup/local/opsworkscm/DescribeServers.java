package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import java.util.List;
import java.util.Map;

/** Lists all servers, or the one of a name. */
final class DescribeServers implements Operation {

    private final Authorities authorities;

    DescribeServers(Authorities authorities) {
        this.authorities = authorities;
    }

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var name = input.optional("ServerName", Shapes.SERVER_NAME);
        Paging.read(input);
        input.verify(AwsErrorType.VALIDATION);
        Paging.refuseToken(input);

        List<StoredServer> servers =
                name.isEmpty() ? account.servers() : List.of(NotFound.unlessServer(name.get(), account));
        var output = Json.object();
        var list = output.putArray("Servers");
        servers.forEach(server -> list.add(Json.of(server, account, engineAttributes(server))));
        return output;
    }

    private Map<String, String> engineAttributes(StoredServer server) {
        if (server.attributes().engine().equals(Engine.PUPPET)) {
            return authorities.published(server);
        }
        return StartMaintenance.isMajorUpgradeAvailable(server)
                ? Map.of("CHEF_MAJOR_UPGRADE_AVAILABLE", "true")
                : Map.of();
    }
}
