package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.NodeAssociationStatus;
import java.util.Map;

/** Tells how far an association or disassociation is; in the end, a Puppet node's signed certificate too. */
final class DescribeNodeAssociationStatus implements Operation {

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var name = input.required("ServerName", Shapes.SERVER_NAME);
        var token = input.required("NodeAssociationStatusToken", Shapes.NODE_ASSOCIATION_STATUS_TOKEN);
        input.verify(AwsErrorType.VALIDATION);

        var server = NotFound.unlessServer(name, account);
        var association = account.association(token)
                .filter(found -> found.serverUuid().equals(server.uuid()))
                .orElseThrow(() -> NotFound.association(name));
        var status = association.status(account.now());
        var certificate = association.certificate().filter(pem -> status == NodeAssociationStatus.SUCCESS);
        var output = Json.object().put("NodeAssociationStatus", status.name());
        return output.set(
                "EngineAttributes",
                EngineAttributes.write(
                        certificate.map(pem -> Map.of("PUPPET_NODE_CERT", pem)).orElse(Map.of())));
    }
}
