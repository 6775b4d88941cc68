package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import dev.serverbackup.local.opsworkscm.pki.CertificateAuthority;
import dev.serverbackup.local.opsworkscm.pki.Secrets;
import java.util.List;
import java.util.Optional;

/** Starts to associate a node with a server. One that is associated already may be so again. */
final class AssociateNode implements Operation {

    /** The only organization that a Chef server has by default. */
    static final String ORGANIZATION = "default";

    private static final String CHEF_KEY = "CHEF_NODE_PUBLIC_KEY";
    private static final String PUPPET_REQUEST = "PUPPET_NODE_CSR";

    private final Authorities authorities;
    private final Secrets secrets;

    AssociateNode(Authorities authorities, Secrets secrets) {
        this.authorities = authorities;
        this.secrets = secrets;
    }

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var name = input.required("ServerName", Shapes.SERVER_NAME);
        var node = input.required("NodeName", Shapes.NODE_NAME);
        var attributes = EngineAttributes.read(
                input, "EngineAttributes", List.of(DisassociateNode.ORGANIZATION, CHEF_KEY, PUPPET_REQUEST));
        if (!input.has("EngineAttributes")) {
            input.missing("EngineAttributes");
        }
        input.verify(AwsErrorType.VALIDATION);

        var server = NotFound.unlessServer(name, account);
        DisassociateNode.refuseUnlessHealthy(server, account, "associate a node with");
        var token = secrets.token();
        if (server.attributes().engine().equals(Engine.CHEF)) {
            chef(server, node, attributes, input, token, account);
        } else {
            puppet(server, node, attributes, input, token, account);
        }
        return Json.object().put("NodeAssociationStatusToken", token);
    }

    private static void chef(
            StoredServer server,
            String node,
            EngineAttributes attributes,
            InputReader input,
            String token,
            Account account) {
        attributes.required(CHEF_KEY, input);
        input.verify(AwsErrorType.VALIDATION);
        var organization = attributes.of(DisassociateNode.ORGANIZATION).orElse(ORGANIZATION);
        account.works().associate(server, node, token, organization.equals(ORGANIZATION), Optional.empty());
    }

    private void puppet(
            StoredServer server,
            String node,
            EngineAttributes attributes,
            InputReader input,
            String token,
            Account account) {
        var request = CertificateAuthority.request(attributes.required(PUPPET_REQUEST, input));
        if (attributes.of(PUPPET_REQUEST).isPresent() && request.isEmpty()) {
            input.refuse("Engine attribute '" + PUPPET_REQUEST + "' is no PEM-formatted certificate-signing request");
        }
        input.verify(AwsErrorType.VALIDATION);
        var certificate = request.map(asked -> authorities.of(server).sign(asked, account.now()));
        account.works().associate(server, node, token, true, certificate);
    }
}
