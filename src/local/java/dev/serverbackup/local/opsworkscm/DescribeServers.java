package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.ErrorType;
import dev.serverbackup.local.http.Members;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.Server;
import java.util.List;

/** Lists all servers, or the one of a name. */
final class DescribeServers implements Operation {

    @Override
    public ObjectNode perform(Members input, Account account) {
        var name = input.optional("ServerName", Shapes.SERVER_NAME);
        Paging.read(input);
        input.verify(ErrorType.VALIDATION);
        Paging.refuseToken(input);

        List<Server> servers = name.isEmpty()
                ? account.servers()
                : List.of(account.server(name.get()).orElseThrow(() -> NotFound.server(name.get())));
        var output = Json.object();
        var list = output.putArray("Servers");
        servers.forEach(server -> list.add(Json.of(server, account)));
        return output;
    }
}
