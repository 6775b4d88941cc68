package dev.serverbackup.local.opsworkscm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.opsworkscm.account.Account;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import java.util.Map;
import java.util.Optional;

/** Resets a Chef server's public key or a Puppet server's password. The answer repeats it; it is not kept. */
final class UpdateServerEngineAttributes implements Operation {

    private static final Map<String, String> CHANGEABLE =
            Map.of(Engine.CHEF, "CHEF_PIVOTAL_KEY", Engine.PUPPET, "PUPPET_ADMIN_PASSWORD");

    @Override
    public ObjectNode perform(InputReader input, Account account) {
        var name = input.required("ServerName", Shapes.SERVER_NAME);
        var attribute = input.required("AttributeName", Shapes.ATTRIBUTE_NAME);
        var value = input.optional("AttributeValue", Shapes.ATTRIBUTE_VALUE);
        input.verify(AwsErrorType.VALIDATION);

        var server = NotFound.unlessServer(name, account);
        if (!server.status(account.now()).allowsMaintenance()) {
            throw WrongState.of(server, account, "update an engine attribute of", "that needs HEALTHY or UNHEALTHY");
        }
        refuseUnlessChangeable(attribute, value, server);
        var modified = account.works().modify(server, attribute);
        return Json.object().set("Server", Json.of(modified, account, Map.of(attribute, value.orElseThrow())));
    }

    private static void refuseUnlessChangeable(String attribute, Optional<String> value, StoredServer server) {
        var changeable = CHANGEABLE.get(server.attributes().engine());
        if (!attribute.equals(changeable)) {
            throw new AwsError(
                    AwsErrorType.VALIDATION,
                    "Engine attribute '%s' of server '%s' cannot be updated; only %s can."
                            .formatted(attribute, server.name(), changeable));
        }
        if (value.filter(given -> !given.isEmpty()).isEmpty()) {
            throw new AwsError(AwsErrorType.VALIDATION, "AttributeValue of '" + attribute + "' must not be empty.");
        }
    }
}
