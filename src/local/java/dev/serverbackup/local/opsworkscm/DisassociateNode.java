package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import dev.serverbackup.local.opsworkscm.pki.Secrets;
import java.util.List;

/** Starts to take a node from a server. Of a node that the server does not manage, the status becomes FAILED. */
final class DisassociateNode implements Operation {

    /** The name of the attribute with a Chef organization. */
    static final String ORGANIZATION = "CHEF_ORGANIZATION";
    /** The user guide's name of the same. */
    private static final String ALSO_ORGANIZATION = "CHEF_AUTOMATE_ORGANIZATION";

    private final Secrets secrets;

    DisassociateNode(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var name = input.required("ServerName", Shapes.SERVER_NAME);
        var node = input.required("NodeName", Shapes.NODE_NAME);
        var attributes = EngineAttributes.read(input, "EngineAttributes", List.of(ORGANIZATION, ALSO_ORGANIZATION));
        input.verify(AwsErrorType.VALIDATION);

        var server = NotFound.unlessServer(name, account);
        refuseUnlessHealthy(server, account, "disassociate a node from");
        if (server.attributes().engine().equals(Engine.CHEF)
                && attributes.of(ALSO_ORGANIZATION).isEmpty()) {
            attributes.required(ORGANIZATION, input);
            input.verify(AwsErrorType.VALIDATION);
        }
        var token = secrets.token();
        account.works().disassociate(server, node, token);
        return Json.object().put("NodeAssociationStatusToken", token);
    }

    static void refuseUnlessHealthy(StoredServer server, Account account, String what) {
        if (server.status(account.now()) != ServerStatus.HEALTHY) {
            throw WrongState.of(server, account, what, "that needs HEALTHY");
        }
    }
}
